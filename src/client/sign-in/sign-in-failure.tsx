import type { SignInOutcome } from "../api/sign-in.ts";
import { useMessages } from "../i18n.ts";
import { Notice } from "../ui/notice.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";

interface SignInFailureProps {
  outcome: SignInOutcome | null;
  /** Reading the session or the platform's name failed. */
  error: Error | null;
  onRetry: () => void;
}

type RefusedError = Extract<SignInOutcome, { kind: "refused" }>["error"];

/** Two names of the sign-in library's may be one reason to whoever reads it. */
function reasonOf(error: RefusedError) {
  if (error === "account_not_linked") return "email_unverified";
  return error === "state_not_found" ? "state_mismatch" : error;
}

/** Why nobody is signed in yet. */
export function SignInFailure({ outcome, error, onRetry }: SignInFailureProps) {
  const t = useMessages("sign-in", "page");
  if (outcome?.kind === "failed") return <PlainFailure error={outcome.error} />;
  if (outcome?.kind === "wrong")
    return (
      <Notice color="red" title={t("wrong")}>
        {t("wrongNext")}
      </Notice>
    );
  if (outcome?.kind === "refused") {
    const reason = reasonOf(outcome.error);
    return (
      <Notice color="yellow" title={t(`refused-${reason}`)}>
        {t(`refused-${reason}-next`)}
      </Notice>
    );
  }
  if (outcome?.kind === "wrong-code" || outcome?.kind === "too-late") {
    const words = outcome.kind === "wrong-code" ? "wrongCode" : "tooLate";
    return (
      <Notice color="red" title={t(words)}>
        {t(`${words}Next`)}
      </Notice>
    );
  }
  if (outcome?.kind === "rate-limited") {
    const { retryAfterS: seconds } = outcome;
    return (
      <Notice color="yellow" title={t("rateLimited")}>
        {seconds === null && t("failure.rate-limited.next")}
        {seconds !== null && seconds < 90 && t("rateLimitedNext", { seconds })}
        {seconds !== null && seconds >= 90 && t("rateLimitedLong", { minutes: Math.ceil(seconds / 60) })}
      </Notice>
    );
  }
  return error ? <PlainFailure error={error} onRetry={onRetry} /> : null;
}
