import { useMutation, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useNavigate } from "react-router";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import {
  isRecallOpen,
  largestRecallBytes,
  linesTaken,
  longestRecallName,
  type Recall,
  type RecallAnswers,
  recallBeginning,
} from "#contract/recalls.ts";
import { formatDateTime } from "#words/time.ts";
import { recallMutations, recallQueries } from "../api/recalls.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { FileButton } from "../ui/file-button.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import { type BegunState, NotKnownHere } from "./not-known-here.tsx";
import { Lots, NotTaken, Ours, TakenSoFar } from "./ours.tsx";
import { focused, RecallAnswersGiven, RecallQuestions } from "./recall-questions.tsx";
import classes from "./recalls.module.css";

/** `/recalls`: a file of recalled serial numbers to compare with ours, and the recalls before. */
export function RecallsPage() {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery(recallQueries.all);
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to="/look-ups">
        ← {t("lists")}
      </Link>
      <Page title={t("title")} lead={t("lead")}>
        <div className={layout.column} data-gap="xl">
          <RecallFile />
          <section>
            <h2 className={layout.belowSm}>{t("all")}</h2>
            {error && <Failure error={error} title={t("allFailed")} onRetry={() => void refetch()} />}
            {data?.recalls.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
            <ul className={classes.list}>
              {data?.recalls.map(({ id, name, createdAtMs }) => (
                <li key={id}>
                  <Link className={prose.link} to={`/recalls/${id}`}>
                    {name || id}
                  </Link>
                  <div className={prose.note}>{formatDateTime(createdAtMs, viewerZone, language)}</div>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </Page>
    </>
  );
}

const reasons = [
  "workbook",
  "binary",
  "blank",
  "no-serials",
  "too-large",
  "too-many",
  "unknown",
  "json-large",
  "long-line",
  "blocks",
] as const;

function RecallFile() {
  const t = useMessages("recalls");
  const compare = useMutation(recallMutations.compare);
  const [refused, setRefused] = useState<(typeof reasons)[number] | null>(null);
  /** What was compared last; while the same file is compared with answers, its questions stay. */
  const [compared, setCompared] = useState<{ file: File; recall: Recall } | null>(null);
  const take = (file: File | null | undefined, answers?: RecallAnswers) => {
    if (!file || compare.isPending) return;
    compare.reset();
    if (!answers) setCompared(null);
    const isTooLarge = file.size > largestRecallBytes;
    setRefused(isTooLarge ? "too-large" : null);
    if (isTooLarge) return;
    compare.mutate(
      { file, ...(answers && { answers }) },
      {
        onSuccess: (recall) => setCompared({ file, recall }),
        onError: (error) => {
          const given = error instanceof ApiError ? error.problem?.fields : undefined;
          const said = given?.find(({ field }) => field === "file" || field === "answers")?.reason;
          setRefused(reasons.find((one) => one === said) ?? null);
        },
      },
    );
  };
  return (
    <section
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
      aria-label={t("file")}
    >
      <p className={`${prose.note} ${layout.belowSm}`}>{t("fileNote")}</p>
      <FileButton accept=".csv,.txt,.json,text/*,application/json" disabled={compare.isPending} onFile={take}>
        {compared ? t("otherFile") : t("action.chooseFile")}
      </FileButton>
      {compare.isPending && <p role="status">{t("comparing", { file: compare.variables.file.name })}</p>}
      {compared && (
        <Compared
          key={compared.recall.id}
          compared={compared.recall}
          pending={compare.isPending}
          onAnswer={(answers) => take(compared.file, answers)}
        />
      )}
      {refused && (
        <Notice className={layout.aboveSm} color="orange" role="alert">
          {t(`refused-${refused}`)}
        </Notice>
      )}
      {compare.error && !refused && <Failure error={compare.error} title={t("compareFailed")} />}
    </section>
  );
}

interface ComparedProps {
  compared: Recall;
  pending: boolean;
  onAnswer: (answers: RecallAnswers) => void;
}

/** What was found in a file: what is doubtful first, and only without any the recall can begin. */
function Compared({ compared, pending, onAnswer }: ComparedProps) {
  const t = useMessages("recalls");
  const { shown, name } = compared;
  if (shown && isRecallOpen(shown))
    return (
      <div className={`${layout.column} ${layout.aboveSm}`}>
        <p role="status">{t("comparedDoubtful", { file: name })}</p>
        <TakenSoFar recall={compared} shown={shown} />
        <Lots shown={shown} />
        <NotTaken recall={compared} />
        <RecallQuestions questions={shown.questions} pending={pending} onAnswer={onAnswer} />
      </div>
    );
  if (linesTaken(compared) > 0) return <Begin compared={compared} />;
  return (
    <div className={`${layout.column} ${layout.aboveSm}`}>
      <p role="status">{t("nothingTaken", { file: name })}</p>
      {shown && <Lots shown={shown} />}
      <NotTaken recall={compared} />
      {shown && shown.questions.length > 0 && <RecallAnswersGiven questions={shown.questions} />}
    </div>
  );
}

/** A recall is seen by everybody at once, so that a file that was only compared begins none. */
function Begin({ compared }: { compared: Recall }) {
  const t = useMessages("recalls");
  const navigate = useNavigate();
  const begin = useMutation(recallMutations.begin);
  const [name, setName] = useState(compared.name);
  const { leftOut = 0, questions = [] } = compared.shown ?? {};
  const isAnswered = questions.length > 0;
  const asked = name.trim() || compared.name;
  const isFaulty = !recallBeginning.safeParse({ name: asked }).success;
  const glucose = glucoseIn(asked, "title");
  return (
    <form
      className={`${layout.column} ${layout.aboveSm}`}
      data-gap="sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (begin.isPending || isFaulty) return;
        begin.mutate(
          { id: compared.id, name: asked },
          {
            onSuccess: ({ id }) =>
              navigate(`/recalls/${id}`, {
                state: { unknown: compared.unknown ?? undefined } satisfies BegunState,
              }),
          },
        );
      }}
    >
      <p role="status" tabIndex={-1} ref={isAnswered ? focused : undefined}>
        <Sentences>
          {t("compared", { file: compared.name, count: compared.people })}
          {t("counted", {
            lines: compared.lines,
            distinct: linesTaken(compared) - (compared.repeated ?? 0),
            repeated: compared.repeated ?? 0,
            unusable: compared.unusable,
          })}
          {leftOut > 0 && t("leftOutCounted", { count: leftOut })}
        </Sentences>
      </p>
      <Ours recall={compared} />
      <NotKnownHere count={compared.notOurs} />
      <TextField
        label={t("name")}
        autoComplete="off"
        maxLength={longestRecallName}
        value={name}
        readOnly={begin.isPending}
        error={isFaulty && (glucose ? t("nameGlucose", { part: glucose }) : t("nameUnusable"))}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <p className={prose.note}>{t("beginMeaning")}</p>
      <div>
        <Button type="submit" loading={begin.isPending} disabled={isFaulty}>
          {t("begin")}
        </Button>
      </div>
      {begin.error && <Failure isAnswer error={begin.error} title={t("beginFailed")} />}
    </form>
  );
}
