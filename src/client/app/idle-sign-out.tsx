import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { minuteMs } from "#glucose/time.ts";
import { reportActivity } from "../api/reports.ts";
import { markSignedOut } from "../api/session.ts";
import { steadyMs } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { activityEvents, idleMs, noteActivity, watchOtherTabs } from "./activity.ts";
import classes from "./idle-sign-out.module.css";

const warnedMs = minuteMs;
const reportEveryMs = minuteMs;
/** Moving the mouse writes to storage this often at most. */
const noteEveryMs = 1000;
/** A look that comes this late was held up with the whole tab, and so was what other tabs said meanwhile. */
const heldUpMs = 5000;

/** Over everything, with the focus on its first button. */
function showModal(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
}

interface IdleSignOutProps {
  minutes: number;
  onIdle: () => void;
  onSignOut: () => void;
}

/**
 * Signs out when no hand was on the screen of any tab for a while, and asks a minute before. It
 * reports to the server once a minute that somebody is here, so that the server ends the session
 * itself when this browser is closed or asleep.
 */
export function IdleSignOut({ minutes, onIdle, onSignOut }: IdleSignOutProps) {
  const t = useMessages("app");
  const queryClient = useQueryClient();
  const [leftMs, setLeftMs] = useState<number | null>(null);
  const isAsking = useRef(false);
  isAsking.current = leftMs !== null;
  const idle = useRef(onIdle);
  idle.current = onIdle;
  const reportedMs = useRef(Number.NEGATIVE_INFINITY);

  const report = useRef(() => {
    noteActivity();
    if (steadyMs() - reportedMs.current < reportEveryMs) return;
    reportedMs.current = steadyMs();
    reportActivity().catch((error: unknown) => {
      if (error instanceof ApiError && error.code === "not-signed-in") markSignedOut(queryClient);
      // Any other failure is the next report's to mend; until then the server counts from the last one.
    });
  });

  useEffect(() => {
    noteActivity();
    let notedMs = Number.NEGATIVE_INFINITY;
    let lookedMs = steadyMs();
    const onActivity = () => {
      // Once asked, only an answer counts: a sleeve that touches the mouse is nobody.
      if (isAsking.current || steadyMs() - notedMs < noteEveryMs) return;
      notedMs = steadyMs();
      report.current();
    };
    const look = () => {
      const left = minutes * minuteMs - idleMs();
      const isHeldUp = steadyMs() - lookedMs > heldUpMs;
      lookedMs = steadyMs();
      if (left <= 0) {
        // The next look, in a second, knows what is still on its way from them.
        if (isHeldUp) return;
        clearInterval(timer);
        idle.current();
      } else setLeftMs(left <= warnedMs ? left : null);
    };
    const timer = setInterval(look, 1000);
    const endWatch = watchOtherTabs();
    for (const name of activityEvents) addEventListener(name, onActivity, { passive: true });
    // A tab that was asleep looks as soon as it is awake.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      endWatch();
      for (const name of activityEvents) removeEventListener(name, onActivity);
      document.removeEventListener("visibilitychange", look);
    };
  }, [minutes]);

  const stay = () => {
    report.current();
    setLeftMs(null);
  };
  if (leftMs === null) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape.
    <dialog
      ref={showModal}
      className={classes.dialog}
      aria-label={t("idleTitle")}
      onCancel={stay}
      onClick={(event) => event.target === event.currentTarget && stay()}
    >
      <div className={classes.words}>
        <h2>{t("idleTitle")}</h2>
        <p>{t("idleMeaning", { count: Math.ceil(leftMs / 1000) })}</p>
        <Button onClick={stay}>{t("stay")}</Button>{" "}
        <Button variant="default" onClick={onSignOut}>
          {t("signOut")}
        </Button>
      </div>
    </dialog>
  );
}
