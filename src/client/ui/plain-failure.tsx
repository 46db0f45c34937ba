import type { ReactNode } from "react";
import { ApiError, type FailureCode } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { Button } from "./button.tsx";
import classes from "./failure.module.css";
import { Notice } from "./notice.tsx";
import { Sentences } from "./sentences.tsx";

const codeOf = (error: unknown): FailureCode | "unexpected" =>
  error instanceof ApiError ? error.code : "unexpected";

/** Whose next step a failure's is: of some it is the same. */
function nextOf(code: FailureCode | "unexpected") {
  if (code === "platform-busy") return "rate-limited";
  if (code === "unsupported-media-type" || code === "method-not-allowed" || code === "not-found")
    return "bad-answer";
  return code;
}

/** What a failure is called, what it means and what to do next, in the user's words. */
export function useFailureWords(error: unknown): { title: string; meaning: string; next: string } {
  const t = useMessages("domain", "failure");
  const code = codeOf(error);
  return { title: t(`${code}.title`), meaning: t(`${code}.meaning`), next: t(`${nextOf(code)}.next`) };
}

/** The same in one line. */
export function useFailureLine(error: unknown): string {
  const t = useMessages("domain", "failure");
  const { title, next } = useFailureWords(error);
  return t("line", { title, next });
}

/**
 * Not an outage: the platform or our server works and has decided. It has its own colour and its own words.
 */
const decided: readonly string[] = [
  "platform-refused",
  "forbidden",
  "second-factor-needed",
  "patient-unknown",
  "device-unknown",
  "changed-meanwhile",
  "invitation-unknown",
  "range-invalid",
  "invalid-request",
  "rate-limited",
  "not-signed-in",
  "not-found",
  "proxy-too-large",
  "server-busy",
];

/** Asking the same again brings the same answer. */
const final: readonly string[] = [
  "platform-refused",
  "forbidden",
  "second-factor-needed",
  "patient-unknown",
  "device-unknown",
  "invitation-unknown",
  "range-invalid",
  "invalid-request",
  "not-found",
];

function Details({ error }: { error: unknown }) {
  const t = useMessages("domain", "failure");
  const problem = error instanceof ApiError ? error.problem : null;
  const platform = problem?.platform;
  const facts: [label: string, value: string][] = [[t("code"), codeOf(error)]];
  if (!(error instanceof ApiError) && error instanceof Error) facts.push([error.name, error.message]);
  if (platform) {
    facts.push([t("platformCode"), String(platform.code ?? t("none"))]);
    facts.push([t("platformMessage"), platform.message]);
    facts.push([t("httpStatus"), String(platform.httpStatus ?? t("none"))]);
  }
  if (problem?.requestId) facts.push([t("requestId"), problem.requestId]);
  return (
    <details className={classes.details}>
      <summary>{t("details")}</summary>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export interface FailureProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /**
   * What was being attempted, where the page can say it better than the
   * code's own title, which then comes second.
   */
  title?: string | undefined;
  /** What it means for that and what to do next, where the code's own words are about something else. */
  words?: { meaning: string; next: string } | undefined;
  /** It is what the page has to say, and a heading as an answer would be. */
  isAnswer?: boolean;
}

/**
 * Says what failed, what it means and what to do next, with the platform's own
 * words and the request ID folded away.
 */
export function PlainFailure(props: FailureProps & { children?: ReactNode }) {
  const { error, onRetry, title, words: own, isAnswer = false, children } = props;
  const t = useMessages("domain", "failure");
  const words = { ...useFailureWords(error), ...own };
  // What can be asked again by itself is, as the notice at the top says; an
  // action that failed is reported here.
  const isToldAbove = useIsToldAbove(error) && onRetry !== undefined;
  if (isToldAbove) return <p className={classes.waiting}>{t("waiting")}</p>;
  return (
    <Notice
      color={decided.includes(codeOf(error)) ? "yellow" : "red"}
      title={isAnswer ? <h2 className={classes.answer}>{title ?? words.title}</h2> : (title ?? words.title)}
      className={classes.failure}
    >
      <p>
        <Sentences>
          {title && <strong>{t("sentence", { title: words.title })}</strong>}
          {words.meaning}
        </Sentences>
      </p>
      {words.next && <p>{words.next}</p>}
      {children}
      {onRetry && !final.includes(codeOf(error)) && (
        <Button className={classes.retry} variant="default" size="xs" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
      <Details error={error} />
    </Notice>
  );
}
