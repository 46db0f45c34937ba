import { type ReactNode, useEffect, useRef, useState } from "react";
import type { OpenedEmbed } from "#contract/embed.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Notice } from "../ui/notice.tsx";
import classes from "./embed.module.css";
import { isFramed, sayTo } from "./parent.ts";
import { useView } from "./use-view.ts";

/** As long as a page may take until it has asked its server for a token. */
const silentAfterMs = 15_000;

interface FrameProps {
  /** What is shown of whom. */
  children: (shown: OpenedEmbed["shown"]) => ReactNode;
  onPreferences: (opened: OpenedEmbed) => Promise<unknown>;
}

/** `/embed`: what a partner's page shows in a frame, once it has handed over a token; and in words why it shows nothing. */
export function Frame(props: FrameProps) {
  const t = useMessages("embed");
  return isFramed() ? (
    <Framed {...props} />
  ) : (
    <main className={classes.view}>
      <h1 className={classes.heading}>{t("alone")}</h1>
      <p>{t("aloneNext")}</p>
    </main>
  );
}

function Framed({ children, onPreferences }: FrameProps) {
  const t = useMessages("embed");
  const ended = useMessages("embed", "ended");
  const [state, origin] = useView(onPreferences);
  const view = state.at === "shown" ? state.view : state.at === "opening" ? state.before : null;
  const frame = useHeight(origin);
  return (
    <main className={classes.view} ref={frame}>
      {view && (
        <div className={state.at === "opening" ? classes.unseen : undefined} key={JSON.stringify(view.shown)}>
          {children(view.shown)}
        </div>
      )}
      {!view && (state.at === "waiting" || state.at === "opening") && <Waiting />}
      {state.at === "ended" && (
        <Notice color="orange" title={ended(state.reason)}>
          {ended(`${state.reason}Next`)}
        </Notice>
      )}
      {state.at === "failed" && (
        <Failure isAnswer error={state.error} title={t("failed")} onRetry={state.retry} />
      )}
    </main>
  );
}

function Waiting() {
  const t = useMessages("embed");
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSilent(true), silentAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isSilent ? (
    <Notice color="orange" title={t("silent")}>
      {t("silentNext")}
    </Notice>
  ) : (
    <p role="status">{t("waiting")}</p>
  );
}

/** Tells the page around how high all of it is, whenever that changes. */
function useHeight(origin: string | null) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = frame;
    if (!current || origin === null) return;
    let said = 0;
    const say = () => {
      const height = Math.ceil(current.getBoundingClientRect().height);
      if (height === said) return;
      said = height;
      sayTo(origin, { trendline: "height", height });
    };
    const observer = new ResizeObserver(say);
    observer.observe(current);
    say();
    return () => observer.disconnect();
  }, [origin]);
  return frame;
}
