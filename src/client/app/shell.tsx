import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { aboutQuery, sessionQuery } from "../session.ts";
import { Failure } from "../ui/failure.tsx";
import { Main, mainId } from "../ui/page.tsx";
import { useAppMessages } from "./app-messages.ts";
import { HeaderBar } from "./header-bar.tsx";
import { PlatformNotice } from "./platform-notice.tsx";
import { useSayPrinted } from "./printed.ts";
import errorClasses from "./route-error.module.css";
import classes from "./shell.module.css";
import { signOut } from "./sign-out.ts";

/** The frame around every page of someone signed in: header, sandbox strip, main landmark. */
export function Shell() {
  const t = useAppMessages();
  const queryClient = useQueryClient();
  const { pathname, search, hash } = useLocation();
  useSayPrinted(pathname);
  const about = useQuery(aboutQuery);
  const session = useQuery(sessionQuery);
  const wasSignedIn = useRef(false);
  if (session.data) wasSignedIn.current = true;
  const leaving = useMutation({ mutationFn: () => signOut(queryClient) });

  if (session.data === null) {
    const state = leaving.isIdle ? { from: pathname + search + hash, ended: wasSignedIn.current } : null;
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
  return (
    <>
      <a className={classes.skip} href={`#${mainId}`}>
        {t("skip")}
      </a>
      <header className={classes.header}>
        <HeaderBar user={session.data.user} onSignOut={leaving.mutate} signOutError={leaving.error} />
        {about.data.platform === "sandbox" && <p className={classes.sandbox}>{t("sandbox")}</p>}
        {about.data.notAnsweringSinceMs !== null && (
          <PlatformNotice sinceMs={about.data.notAnsweringSinceMs} />
        )}
      </header>
      <Main>
        <Outlet />
      </Main>
    </>
  );
}
