import type { SensorCase } from "#contract/cases.ts";
import { formatList, formatPair } from "#words/list.ts";
import { caseChanges } from "./case-changes.ts";
import { caseLines } from "./case-lines.ts";
import { type CaseSpeech, caseWords, numberedCall } from "./case-words.ts";
import type { Entry, TextBlock, TextReport } from "./report.ts";

/** What the record of a complaint must hold and this one does not. */
export const missingParts = ({ missing }: Pick<SensorCase, "missing">, { t, language }: CaseSpeech): string =>
  formatList(
    missing.map((part) => t(`part.${part}`)),
    language,
  );

export function caseCalls({ furtherCalls, callsWithdrawn }: SensorCase, speech: CaseSpeech): Entry[] {
  const { t } = speech;
  const words = caseWords(speech);
  return furtherCalls.map(({ number, atMs, caller, said, by }) => ({
    head: [
      numberedCall(t, number, { callsWithdrawn }),
      words.time(atMs),
      ...(caller ? [caller] : []),
      t("notedBy", { name: words.person(by) }),
    ].join(" · "),
    texts: [said ?? t("unreadable")],
  }));
}

/** What was changed and who called, in the order of time. */
export function caseHistory(
  { history, furtherCalls, callsWithdrawn }: SensorCase,
  speech: CaseSpeech,
): Entry[] {
  const { t } = speech;
  const words = caseWords(speech);
  const [opened = [], ...edits] = history.map((edit) => ({ ...edit, texts: caseChanges(edit, speech) }));
  const calls = furtherCalls.map(({ number, atMs, by, caller, said }) => ({
    atMs,
    by,
    texts: [
      [numberedCall(t, number, { callsWithdrawn }), caller, said ?? t("unreadable")]
        .filter(Boolean)
        .join(" · "),
    ],
  }));
  // A call stands before what it changed, as that the case was opened again.
  return [opened, ...calls, ...edits]
    .flat()
    .sort((a, b) => a.atMs - b.atMs)
    .map((one) => ({ head: words.edited(one), texts: one.texts }));
}

function completeness(one: SensorCase, speech: CaseSpeech): string {
  const { t, language } = speech;
  if (one.isUnreadable) return t("unreadableMeans");
  if (one.missing.length === 0) return t("complete");
  return formatPair(t("missing"), missingParts(one, speech), language);
}

/** A whole case, as the page says it. */
export function caseReport(one: SensorCase, speech: CaseSpeech, nowMs: number): TextReport {
  const { t, language } = speech;
  const heading = (text: string): TextBlock => ({ kind: "heading", text });
  const paragraph = (text: string): TextBlock => ({ kind: "paragraph", text });
  const calls = caseCalls(one, speech);
  const history = caseHistory(one, speech);
  return {
    language,
    title: t("titleOf", { serial: one.serial }),
    changedAtMs: one.changedAtMs,
    blocks: [
      paragraph(completeness(one, speech)),
      heading(t("record")),
      paragraph(caseWords(speech).zone),
      { kind: "lines", lines: caseLines(one, speech, nowMs) },
      heading(t("furtherCalls")),
      calls.length === 0 ? paragraph(t("noFurtherCalls")) : { kind: "entries", entries: calls },
      ...(history.length > 0 ? [heading(t("history")), { kind: "entries", entries: history } as const] : []),
    ],
  };
}
