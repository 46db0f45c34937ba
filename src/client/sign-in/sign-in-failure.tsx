import { Alert } from "@mantine/core";
import { Failure } from "../ui/failure.tsx";
import { useSignInMessages } from "./messages.ts";
import type { SignInOutcome } from "./sign-in.ts";

interface SignInFailureProps {
  outcome: SignInOutcome | null;
  /** Reading the session or the platform's name failed. */
  error: Error | null;
  onRetry: () => void;
}

/** Why nobody is signed in yet. */
export function SignInFailure({ outcome, error, onRetry }: SignInFailureProps) {
  const t = useSignInMessages();
  if (outcome?.kind === "failed") return <Failure error={outcome.error} />;
  if (outcome?.kind === "wrong")
    return (
      <Alert color="red" title={t("wrong")}>
        {t("wrongNext")}
      </Alert>
    );
  if (outcome?.kind === "refused")
    return (
      <Alert color="yellow" title={t(`refused-${outcome.error}`)}>
        {t(`refused-${outcome.error}-next`)}
      </Alert>
    );
  if (outcome?.kind === "rate-limited")
    return (
      <Alert color="yellow" title={t("rateLimited")}>
        {outcome.retryAfterS === null
          ? t("rateLimitedSoon")
          : t("rateLimitedNext", { seconds: outcome.retryAfterS })}
      </Alert>
    );
  return error ? <Failure error={error} onRetry={onRetry} /> : null;
}
