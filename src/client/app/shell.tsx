import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { aboutQuery } from "../api/about.ts";
import { sessionQuery } from "../api/session.ts";
import { watchWaking } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { watchTabs } from "../tabs.ts";
import { Failure } from "../ui/failure.tsx";
import { Main, mainId } from "../ui/page.tsx";
import { HeaderBar } from "./header-bar.tsx";
import { IdleSignOut } from "./idle-sign-out.tsx";
import { OutageWatch } from "./outage-notice.tsx";
import { useReportPrinting } from "./report-printing.ts";
import errorClasses from "./route-error.module.css";
import classes from "./shell.module.css";
import { signOut, signOutIdle } from "./sign-out.ts";

/** The frame around every page of someone signed in: header, sandbox strip, main landmark. */
export function Shell() {
  const t = useMessages("app");
  const queryClient = useQueryClient();
  const { pathname, search, hash } = useLocation();
  useReportPrinting(pathname);
  // What was read before a sleep is asked for anew at once: the clock, the session and all that is on screen.
  useEffect(() => watchWaking(() => void queryClient.invalidateQueries()), [queryClient]);
  useEffect(() => watchTabs(queryClient), [queryClient]);
  const about = useQuery(aboutQuery);
  const session = useQuery(sessionQuery);
  const wasSignedIn = useRef(false);
  if (session.data) wasSignedIn.current = true;
  const leaving = useMutation({ mutationFn: () => signOut(queryClient) });
  const leavingIdle = useMutation({ mutationFn: () => signOutIdle(queryClient) });

  if (session.data === null) {
    const ended = leavingIdle.isIdle ? wasSignedIn.current : "idle";
    const state = leaving.isIdle ? { from: pathname + search + hash, ended } : null;
    return <Navigate to="/sign-in" state={state} replace />;
  }
  if (!session.data || !about.data) {
    const failed = session.data ? about : session;
    if (!failed.error) return null;
    return (
      <div className={errorClasses.error}>
        <Failure error={failed.error} title={t("sessionFailed")} onRetry={() => void failed.refetch()} />
      </div>
    );
  }
  if (session.data.mustEnrol && pathname !== "/account") return <Navigate to="/account" replace />;
  return (
    <OutageWatch>
      <IdleSignOut
        minutes={about.data.idleSignOutMinutes}
        onIdle={leavingIdle.mutate}
        onSignOut={leaving.mutate}
      />
      <a className={classes.skip} href={`#${mainId}`}>
        {t("skip")}
      </a>
      <header className={classes.header}>
        <HeaderBar user={session.data.user} onSignOut={leaving.mutate} signOutError={leaving.error} />
        {about.data.platform === "sandbox" && <p className={classes.sandbox}>{t("sandbox")}</p>}
      </header>
      <Main>
        <Outlet />
      </Main>
    </OutageWatch>
  );
}
