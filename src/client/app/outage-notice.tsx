import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { hourMs } from "#glucose/time.ts";
import { formatDateTime, formatTime } from "#words/time.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { type Outage, ToldUntilContext, useOutage, useToldUntilMs } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import classes from "./outage-notice.module.css";

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** Says of everything inside, once and at the top, what keeps it from being renewed. */
export function OutageWatch({ children }: { children: ReactNode }) {
  const outage = useOutage();
  const toldUntilMs = useToldUntilMs(outage);
  return (
    <ToldUntilContext value={toldUntilMs}>
      {outage && <OutageNotice outage={outage} />}
      {children}
    </ToldUntilContext>
  );
}

function OutageNotice({ outage: { code, sinceMs } }: { outage: Outage }) {
  const t = useMessages("app");
  const titles = useMessages("domain", "failure");
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  const nowMs = useNow();
  const notice = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--top-notice", `${notice.current?.offsetHeight ?? 0}px`);
    return () => void style.removeProperty("--top-notice");
  }, []);
  const isOfToday = sinceMs !== null && nowMs - sinceMs < 12 * hourMs;
  const time = sinceMs === null ? "" : (isOfToday ? formatTime : formatDateTime)(sinceMs, timeZone, language);
  const isOfServer = code === "offline" || code === "proxy-no-answer";
  const words =
    sinceMs === null
      ? t("outage", { title: titles(`${code}.title`) })
      : t(isOfServer ? "serverGone" : "notAnswering", { time, zone: timeZone });
  return (
    <div role="alert" className={classes.notice} ref={notice}>
      <span>{words}</span>
      <button type="button" onClick={() => void queryClient.invalidateQueries()}>
        {t("tryNow")}
      </button>
    </div>
  );
}
