import { Alert, Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useLocation } from "react-router";
import { invitationQueries } from "../api/invitations.ts";
import { sessionQuery } from "../api/session.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { useDocumentTitle } from "../ui/page.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useAcceptance } from "./use-acceptance.ts";

/** Asking again would not bring it back to life. */
const isDead = (error: Error) => error instanceof ApiError && error.code === "invitation-unknown";

/** `/invitation#token`: the person who was given the link chooses a password. The token is never in a request's address. */
export function InvitationPage() {
  const t = useMessages("sign-in", "invitation");
  const token = useLocation().hash.slice(1);
  const { data, error, refetch } = useQuery(invitationQueries.shown(token));
  const session = useQuery(sessionQuery);
  const accepting = useAcceptance(token);
  const title = t(`${data?.purpose ?? "join"}Title`);
  useDocumentTitle(title);

  if (accepting.data)
    return accepting.data.signedIn ? (
      <Navigate to="/" replace />
    ) : (
      <Navigate to="/sign-in" state={{ passwordSet: true }} replace />
    );
  return (
    <SignInFrame title={title}>
      {!token && (
        <Alert color="yellow" title={t("noToken")}>
          {t("noTokenNext")}
        </Alert>
      )}
      {error && <Failure error={error} onRetry={isDead(error) ? undefined : () => void refetch()} />}
      {token && !data && !error && <Loading height={160} label={t("loading")} />}
      {data && (
        <>
          <Text>{t(data.purpose, { name: data.name, role: t(`role.${data.role}`) })}</Text>
          {session.data && <Text c="dimmed">{t("signedInAs", { name: session.data.user.name })}</Text>}
          <PasswordForm
            email={data.email}
            error={accepting.error}
            tried={accepting.variables}
            pending={accepting.isPending}
            onSend={accepting.mutate}
          />
        </>
      )}
      {(!token || error) && (
        <Anchor component={Link} to="/sign-in">
          {t("toSignIn")}
        </Anchor>
      )}
    </SignInFrame>
  );
}
