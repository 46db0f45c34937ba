import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { aboutQuery } from "../api/about.ts";
import { forgetAnswers, sessionQuery } from "../api/session.ts";
import { type SignInOutcome, toSignInError } from "../api/sign-in.ts";
import { loadCatalogs, useMessages } from "../i18n.ts";
import { clearDataOfOthers, clearSessionData } from "../local-data.ts";
import { type Place, replacePlace } from "../place.ts";
import { useDocumentTitle } from "../ui/document-title.ts";
import { keepDraftsOf } from "../ui/draft.ts";
import { CodeForm } from "./code-form.tsx";
import classes from "./sign-in.module.css";
import { SignInFailure } from "./sign-in-failure.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignInFrame } from "./sign-in-frame.tsx";
import { SingleSignOn } from "./single-sign-on.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** On the sandbox only. */
const DemoRoles = lazy(async () => {
  const [{ DemoRoles }] = await Promise.all([import("./demo-roles.tsx"), loadCatalogs(["stage"])]);
  return { default: DemoRoles };
});

/**
 * Where to lead on after the sign-in service has sent the browser back; the page itself is left meanwhile.
 */
const returnKey = "sign-in.return";

interface SignInState {
  from?: string;
  ended?: boolean | "idle";
  passwordSet?: boolean;
}

/** `/sign-in`. Once somebody is signed in it leads on to where they came from. */
export function SignInPage({ place }: { place: Place }) {
  const t = useMessages("sign-in", "page");
  useDocumentTitle(t("title"));
  const state = place.state as SignInState | null;
  const about = useQuery(aboutQuery);
  const session = useQuery(sessionQuery);
  const queryClient = useQueryClient();
  // However the session ended: pages that were still on screen then may have asked once more.
  useEffect(() => forgetAnswers(queryClient), [queryClient]);
  const [owesCode, setOwesCode] = useState(false);
  const attempt = useSignIn(setOwesCode);
  const signedInId = session.data?.user.id;
  // Here, since single sign-on comes back to a page that has just been loaded.
  useEffect(() => {
    if (signedInId === undefined) return;
    keepDraftsOf(signedInId);
    clearDataOfOthers(signedInId);
  }, [signedInId]);
  const isNobody = session.data === null;
  useEffect(() => {
    if (isNobody) clearSessionData();
  }, [isNobody]);

  const isSignedIn = Boolean(session.data);
  useEffect(() => {
    if (isSignedIn) replacePlace(state?.from ?? sessionStorage.getItem(returnKey) ?? "/");
  }, [isSignedIn, state]);

  if (isSignedIn) return null;
  const reason = new URLSearchParams(place.search).get("error");
  const returned: SignInOutcome | null =
    reason === null ? null : { kind: "refused", error: toSignInError(reason) };
  const pending = attempt.isPending || attempt.data?.kind === "leaving";
  const leave: typeof attempt.mutate = (send) => {
    sessionStorage.setItem(returnKey, state?.from ?? "/");
    attempt.mutate(send);
  };
  const isSandbox = about.data?.platform === "sandbox";
  const singleSignOn = about.data?.singleSignOn ?? null;
  return (
    <SignInFrame place={place} title={t("title")}>
      {attempt.isIdle && (state?.ended || state?.passwordSet) && (
        <p role="status" className={classes.ended}>
          {t(state.ended === "idle" ? "endedIdle" : state.ended ? "ended" : "passwordSet")}
        </p>
      )}
      <SignInFailure
        outcome={attempt.isIdle ? returned : (attempt.data ?? null)}
        error={attempt.error ?? about.error}
        onRetry={() => void about.refetch()}
      />
      {owesCode ? (
        <CodeForm
          pending={pending}
          onSend={attempt.mutate}
          onBack={() => {
            attempt.reset();
            setOwesCode(false);
          }}
        />
      ) : (
        <>
          {singleSignOn && <SingleSignOn name={singleSignOn} pending={pending} onSend={leave} />}
          {isSandbox && (
            <Suspense>
              <DemoRoles pending={pending} onSend={attempt.mutate} />
            </Suspense>
          )}
          <SignInForm
            title={isSandbox ? t("account") : singleSignOn && t("orPassword")}
            isSecond={singleSignOn !== null}
            pending={pending}
            onSend={attempt.mutate}
          />
        </>
      )}
    </SignInFrame>
  );
}
