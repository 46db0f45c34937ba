import { Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useLocation } from "react-router";
import { aboutQuery, sessionQuery } from "../session.ts";
import { LanguageChoice } from "../ui/display-choices.tsx";
import { keepDraftsOf } from "../ui/draft.ts";
import { Logo } from "../ui/logo.tsx";
import { useDocumentTitle } from "../ui/page.tsx";
import { CodeForm } from "./code-form.tsx";
import { DemoRoles } from "./demo-roles.tsx";
import { useSignInMessages } from "./messages.ts";
import classes from "./sign-in.module.css";
import type { SignInOutcome } from "./sign-in.ts";
import { SignInCurve } from "./sign-in-curve.tsx";
import { SignInFailure } from "./sign-in-failure.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** `/sign-in`. Once somebody is signed in it leads on to where they came from. */
export function SignInPage() {
  const t = useSignInMessages();
  useDocumentTitle(t("title"));
  const queryClient = useQueryClient();
  const { state } = useLocation() as { state: { from?: string; ended?: boolean | "idle" } | null };
  const about = useQuery(aboutQuery);
  const session = useQuery(sessionQuery);
  const [owesCode, setOwesCode] = useState(false);
  const attempt = useMutation({
    mutationFn: async (send: () => Promise<SignInOutcome>) => {
      const outcome = await send();
      if (outcome.kind === "code-asked") setOwesCode(true);
      if (outcome.kind === "too-late") setOwesCode(false);
      if (outcome.kind !== "signed-in") return outcome;
      // What is still cached belonged to whoever was here before.
      const [kept] = aboutQuery.queryKey;
      queryClient.removeQueries({ type: "inactive", predicate: ({ queryKey: [first] }) => first !== kept });
      const signedIn = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
      if (signedIn) keepDraftsOf(signedIn.user.id);
      return outcome;
    },
  });

  if (session.data) return <Navigate to={state?.from ?? "/"} replace />;
  const failed: SignInOutcome | null = attempt.data ?? null;
  return (
    <div className={classes.page}>
      <header className={classes.brand}>
        <p className={classes.name}>
          <Logo size={36} /> Trendline
        </p>
        <SignInCurve />
        <p className={classes.tagline}>
          {t("tagline")}
          <span>{t("taglineMore")}</span>
        </p>
      </header>
      <main className={classes.main}>
        <div className={classes.language}>
          <LanguageChoice />
        </div>
        <Title order={1}>{t("title")}</Title>
        {state?.ended && (
          <p role="status" className={classes.ended}>
            {t(state.ended === "idle" ? "endedIdle" : "ended")}
          </p>
        )}
        <SignInFailure
          outcome={failed}
          error={attempt.error ?? about.error}
          onRetry={() => void about.refetch()}
        />
        {owesCode ? (
          <CodeForm
            pending={attempt.isPending}
            onSend={attempt.mutate}
            onBack={() => {
              attempt.reset();
              setOwesCode(false);
            }}
          />
        ) : (
          <>
            {about.data?.platform === "sandbox" && (
              <DemoRoles pending={attempt.isPending} onSend={attempt.mutate} />
            )}
            <SignInForm
              title={about.data?.platform === "sandbox" ? t("account") : null}
              pending={attempt.isPending}
              onSend={attempt.mutate}
            />
          </>
        )}
      </main>
    </div>
  );
}
