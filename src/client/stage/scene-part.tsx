import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import prose from "../ui/prose.module.css";
import { addressOf, goTo } from "./control.ts";
import { keptScene } from "./kept.ts";
import { goOnTo, liesAhead } from "./open-scene.ts";
import { addressOfScene, linkOf } from "./scene-link.ts";
import { sceneOf, tour } from "./scenes.ts";
import classes from "./stage.module.css";
import { StepNotes } from "./step-notes.tsx";
import type { StageState } from "./use-stage.ts";

/** Where in the story this is, what to say of it, and the way on. */
export function ScenePart({ stage }: { stage: StageState }) {
  const t = useMessages("stage");
  const step = keptScene();
  const index = step ? tour.indexOf(step) : -1;
  const next = tour[index + 1];
  const onNext = () => {
    if (!next || !stage.clock) return;
    const link = linkOf(next);
    // Where something is forgotten for it, its address says so first.
    if (liesAhead(link, stage.clock)) stage.act(() => goOnTo(link));
    else goTo(addressOfScene(link));
  };
  return (
    <section aria-label={t("story")} className={classes.part}>
      {step ? (
        <>
          <h3>{t(`scene.${sceneOf(step)}`)}</h3>
          <p>{t("place", { number: index + 1, count: tour.length })}</p>
          <StepNotes step={step} />
        </>
      ) : (
        <h3>{t("story")}</h3>
      )}
      <div className={classes.row}>
        {next && (
          <Button size="xs" disabled={stage.isBusy || !stage.clock} onClick={onNext}>
            {t(step ? "onward" : "first")}
          </Button>
        )}
        <a className={prose.link} href={addressOf("/stage")}>
          {t("all")}
        </a>
      </div>
    </section>
  );
}
