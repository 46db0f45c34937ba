import { useMutation } from "@tanstack/react-query";
import { isTaken, type Submission, type SubmissionEntry } from "#contract/submissions.ts";
import { formatDateTime } from "#words/time.ts";
import { submissionMutations } from "../api/submissions.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { useSendTrouble } from "../ui/send-trouble.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./health-links.module.css";

interface ShownSubmissionProps {
  patientId: string;
  submission: Submission;
  isOn: boolean;
}

const isRefused = (entry: SubmissionEntry) => !isTaken(entry);

/** Some days that are or were to be sent to a receiver, and what it said of each entry. */
export function ShownSubmission({ patientId, submission, isOn }: ShownSubmissionProps) {
  const t = useMessages("health-links", "submissions");
  const { language } = usePreferences();
  const nowMs = useNow();
  const troubleWords = useSendTrouble();
  const again = useMutation(submissionMutations.again(patientId, submission.id));
  const cancel = useMutation(submissionMutations.cancel(patientId, submission.id));
  const at = (timeMs: number | null) => formatDateTime(timeMs ?? 0, viewerZone, language);
  const { receiver, firstDate, lastDate, state, attempts, nextAtMs, answeredAtMs, trouble, entries } =
    submission;
  const isLater = state === "waiting" && (nextAtMs ?? 0) > nowMs;
  const by = { name: submission.byName ?? t("somebody"), time: at(submission.createdAtMs) };
  const error = again.error ?? cancel.error;
  return (
    <>
      <h4>{t("what", { first: firstDate, last: lastDate, receiver: receiver.name })}</h4>
      <p role="status">
        {isLater
          ? t("state-later", { count: attempts, when: at(nextAtMs) })
          : t(`state-${state}`, {
              count: entries.length,
              refused: entries.filter(isRefused).length,
              when: at(answeredAtMs),
            })}
        {trouble && ` ${troubleWords(trouble)}`}
      </p>
      <p className={prose.note}>{t(submission.isStanding ? "sentByOrder" : "sentBy", by)}</p>
      {submission.patientThere && (
        <p className={prose.note}>
          {t("patientThere", { address: submission.patientThere })}{" "}
          {submission.isByNumberAlone && t("byNumberAlone")}
        </p>
      )}
      {entries.length > 0 && (
        <details open={state === "partly" || state === "failed"}>
          <summary>{t("entries", { count: entries.length })}</summary>
          <ul className={classes.entries}>
            {entries.map((entry) => (
              <Entry key={entry.name} entry={entry} />
            ))}
          </ul>
        </details>
      )}
      {isOn && (state === "partly" || state === "failed") && (
        <div className={layout.aboveSm}>
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t(state === "partly" ? "sendRest" : "again")}
          </Button>
        </div>
      )}
      {isLater && (
        <div className={`${layout.row} ${layout.aboveSm}`} data-gap="xs">
          {isOn && (
            <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
              {t("tryNow")}
            </Button>
          )}
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("cancel")}
          </Button>
        </div>
      )}
      {error && <Failure error={error} title={t("nothingChanged")} />}
    </>
  );
}

function Entry({ entry }: { entry: SubmissionEntry }) {
  const t = useMessages("health-links", "submissions");
  const { type, name, status, said } = entry;
  const what = isRefused(entry)
    ? t(said === "" ? "entryRefused" : "refusedBecause", { status, said })
    : t(status === 201 ? "created" : "there");
  return <li>{t("entry", { type, name, what })}</li>;
}
