import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { invitationQueries } from "../api/invitations.ts";
import { sessionQuery } from "../api/session.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { type Place, replacePlace } from "../place.ts";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Notice } from "../ui/notice.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import { PasswordForm } from "./password-form.tsx";
import classes from "./sign-in.module.css";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useAcceptance } from "./use-acceptance.ts";

/** Asking again would not bring it back to life. */
const isDead = (error: Error) => error instanceof ApiError && error.code === "invitation-unknown";

/**
 * `/invitation#token`: the person who was given the link chooses a password. The
 * token is never in a request's address.
 */
export function InvitationPage({ place }: { place: Place }) {
  const t = useMessages("sign-in", "invitation");
  const token = place.hash.slice(1);
  const { data, error, refetch } = useQuery(invitationQueries.shown(token));
  const session = useQuery(sessionQuery);
  const accepting = useAcceptance(token);
  const title = t(`${data?.purpose ?? "join"}Title`);
  useDocumentTitle(title);

  const accepted = accepting.data;
  useEffect(() => {
    if (accepted?.signedIn) replacePlace("/");
    else if (accepted) replacePlace("/sign-in", { passwordSet: true });
  }, [accepted]);

  if (accepted) return null;
  return (
    <SignInFrame place={place} title={title}>
      {!token && (
        <Notice color="yellow" title={t("noToken")}>
          {t("noTokenNext")}
        </Notice>
      )}
      {error && <PlainFailure error={error} onRetry={isDead(error) ? undefined : () => void refetch()} />}
      {token && !data && !error && <p role="status">{t("loading")}</p>}
      {data && (
        <>
          <p>{t(data.purpose, { name: data.name, role: t(`role.${data.role}`) })}</p>
          {session.data && (
            <p className={classes.ended}>{t("signedInAs", { name: session.data.user.name })}</p>
          )}
          <PasswordForm
            email={data.email}
            error={accepting.error}
            tried={accepting.variables}
            pending={accepting.isPending}
            onSend={accepting.mutate}
          />
        </>
      )}
      {(!token || error) && <a href="/sign-in">{t("toSignIn")}</a>}
    </SignInFrame>
  );
}
