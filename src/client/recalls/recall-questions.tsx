import { useId, useState } from "react";
import type { RecallAnswers, RecallOption, RecallQuestion } from "#contract/recalls.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import classes from "./recalls.module.css";
import { SaidElsewhere } from "./said-elsewhere.tsx";

/** What a question is about: a column's name, and what it asks. */
function useQuestionWords() {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  return {
    question: ({ kind, name }: RecallQuestion) => {
      if (kind !== "status") return t(`question-${kind}`);
      return name === "" ? t("question-remark") : t("question-status", { name });
    },
    option: ({ kind }: RecallQuestion, { text, below, examples, others, othersCount }: RecallOption) => {
      if (kind === "else") return t("question-else");
      if (kind === "range") return t("rangeOption");
      if (kind === "line")
        return text === null
          ? t("lineRest")
          : t("lineOption", { line: examples[0]?.line ?? 0, serials: text });
      if (kind === "section" && text === null && othersCount > 0)
        return t(othersCount > others.length ? "optionAmongFirst" : "optionAmong", {
          all: othersCount,
          headings: formatList(
            others.map((one) => t("optionText", { text: one })),
            language,
          ),
        });
      if (kind === "section" && text === "") return t("optionUnheaded");
      if (kind === "alike") return text === null ? t("lineRest") : t("alikeOption", { serial: text });
      if (text === "" && below !== undefined) return t("optionBlankBelow", { text: below });
      return text === null ? t("optionRest") : text === "" ? t("optionBlank") : t("optionText", { text });
    },
    counts: ({ kind }: RecallQuestion, { lines, serials, ours }: RecallOption) =>
      kind === "range"
        ? t("rangeCounts", { lines, serials, count: ours })
        : t("optionCounts", { lines, count: ours }),
    choice: ({ kind }: RecallQuestion, isRecalled: boolean | null) => {
      if (kind === "else") return t(isRecalled ? "elseNo" : "elseYes");
      if (isRecalled === null) return t("isUnsure");
      if (kind === "range") return t(isRecalled ? "rangeAll" : "rangeEnds");
      return t(isRecalled ? "isRecalled" : "isNotRecalled");
    },
  };
}

/** The keyboard and a screen reader go on here. */
export const focused = (element: HTMLElement | null) => element?.focus();

const unsure = "unsure";
/** What nobody can answer for sure, or not for all alike, is no answer: the file has to be made another one. */
const choicesOf = ({ kind }: RecallQuestion) => (kind === "else" ? [true, null] : [true, false, null]);

interface RecallQuestionsProps {
  questions: readonly RecallQuestion[];
  pending: boolean;
  onAnswer: (answers: RecallAnswers) => void;
}

/** What is doubtful in a file; nothing is answered beforehand. */
export function RecallQuestions({ questions, pending, onAnswer }: RecallQuestionsProps) {
  const t = useMessages("recalls");
  const words = useQuestionWords();
  const id = useId();
  const [isUnsure, setUnsure] = useState(false);
  return (
    <form
      className={layout.column}
      data-gap="lg"
      onChange={(event) => setUnsure([...new FormData(event.currentTarget).values()].includes(unsure))}
      onSubmit={(event) => {
        event.preventDefault();
        if (pending || isUnsure) return;
        const given = new FormData(event.currentTarget);
        onAnswer(Object.fromEntries(Array.from(given, ([key, value]) => [key, value === "true"])));
      }}
    >
      <div>
        <h2 tabIndex={-1} ref={focused}>
          {t("doubtful")}
        </h2>
        <p>{t("doubtfulNote")}</p>
      </div>
      {questions.map((question) => (
        <section key={`${question.kind} ${question.name}`} className={classes.question}>
          {question.kind !== "else" && <h3>{words.question(question)}</h3>}
          {question.options.map((option) => (
            <fieldset
              key={option.key}
              className={classes.option}
              aria-describedby={question.said && !question.said.isCut ? undefined : `${id}-${option.key}`}
            >
              <legend>{words.option(question, option)}</legend>
              {question.said ? (
                <>
                  <SaidElsewhere said={question.said} />
                  {question.said.isCut && <p id={`${id}-${option.key}`}>{t("elseCut")}</p>}
                </>
              ) : (
                <div className={prose.note} id={`${id}-${option.key}`}>
                  {words.counts(question, option)}
                  <ul>
                    {option.examples.map(({ line, text }) => (
                      <li key={line}>{t("exampleLine", { line, text })}</li>
                    ))}
                  </ul>
                </div>
              )}
              <div className={layout.row} data-gap="lg">
                {choicesOf(question).map((isRecalled) => (
                  <label key={String(isRecalled)} className={classes.answer}>
                    <input
                      type="radio"
                      name={option.key}
                      value={isRecalled === null ? unsure : String(isRecalled)}
                      defaultChecked={isRecalled !== null && option.isRecalled === isRecalled}
                      required
                    />
                    {words.choice(question, isRecalled)}
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
        </section>
      ))}
      <div role="status">{isUnsure && <Notice color="orange">{t("unsureNote")}</Notice>}</div>
      <div>
        <Button type="submit" loading={pending} disabled={isUnsure}>
          {t("compareWithAnswers")}
        </Button>
      </div>
    </form>
  );
}

/** What somebody answered, shown with the recall for good. */
export function RecallAnswersGiven({ questions }: { questions: readonly RecallQuestion[] }) {
  const t = useMessages("recalls");
  const words = useQuestionWords();
  return (
    <details open>
      <summary>{t("answered")}</summary>
      <ul>
        {questions.flatMap((question) =>
          question.options.map((option) => (
            <li key={option.key}>
              {question.said ? (
                <>
                  {t("answeredElse", {
                    question: words.option(question, option),
                    choice: words.choice(question, option.isRecalled),
                  })}
                  <SaidElsewhere said={question.said} />
                </>
              ) : (
                t("answeredOption", {
                  question: words.question(question),
                  option: words.option(question, option),
                  choice: words.choice(question, option.isRecalled === true),
                  counts: words.counts(question, option),
                })
              )}
            </li>
          )),
        )}
      </ul>
    </details>
  );
}
