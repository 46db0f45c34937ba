import { useEffect, useRef } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { focusHeading } from "../ui/keep-focus.ts";
import prose from "../ui/prose.module.css";
import { OutagePart } from "./outage-part.tsx";
import { RolesPart } from "./roles-part.tsx";
import { ScenePart } from "./scene-part.tsx";
import classes from "./stage.module.css";
import { TimePart } from "./time-part.tsx";
import { useStage } from "./use-stage.ts";

/** For whoever presents: the story, the time and the roles. It is on no paper, and gone when it is hidden. */
export function StagePanel({ onHide }: { onHide: () => void }) {
  const t = useMessages("stage");
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(document.activeElement);
  useEffect(() => {
    const { current } = before;
    if (heading.current) focusHeading(heading.current);
    return () => {
      if (current instanceof HTMLElement) current.focus({ preventScroll: true });
    };
  }, []);
  const stage = useStage();
  return (
    <aside className={classes.panel} aria-label={t("title")}>
      <header className={classes.head}>
        <h2 ref={heading}>{t("title")}</h2>
        <Button size="xs" variant="default" onClick={onHide}>
          {t("hide")}
        </Button>
      </header>
      <p role="status" className={prose.note}>
        {stage.isBusy ? t("working") : stage.said}
      </p>
      {stage.trouble && (
        <p role="alert" className={prose.fault}>
          {stage.trouble}
        </p>
      )}
      <ScenePart stage={stage} />
      <RolesPart stage={stage} />
      <TimePart stage={stage} />
      <OutagePart stage={stage} />
    </aside>
  );
}
