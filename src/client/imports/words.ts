import {
  type ImportJob,
  type ImportOutcome,
  type ImportRow,
  type ImportTrouble,
  importFields,
} from "#contract/import.ts";
import { fieldFaults } from "#contract/problem-codes.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatAside } from "../ui/list.ts";

const codes = [
  "platform-unreachable",
  "platform-timeout",
  "platform-unauthorized",
  "platform-refused",
  "platform-error",
  "platform-malformed",
  "platform-mixed-up",
  "platform-busy",
  "internal",
] as const;

const reasons = [
  ...fieldFaults,
  "quotes",
  "two-rows",
  "sample",
  "spreadsheet",
  "date",
  "error",
  "nothing",
] as const;

/** What is still to be registered stays so for good once the file is cancelled. */
export const kindOf = (outcome: ImportOutcome, state: ImportJob["state"]) =>
  outcome === "new" && state === "cancelled" ? "left" : outcome;

/** What became of a row and why, in the user's language. */
export function useRowWords(state: ImportJob["state"]) {
  const t = useMessages("imports", "row");
  const { language } = usePreferences();
  const fields = useMessages("imports", "file");

  const troubleWords = ({ code, platformCode, platformMessage }: ImportTrouble): string => {
    const known = codes.find((one) => one === code);
    const words = known ? t(`code.${known}`) : t("code.other", { code });
    const said = [platformCode, platformMessage].filter((part) => part !== null && part !== "").join(": ");
    return said ? formatAside(words, said, language) : words;
  };

  const wrongWords = ({ field: name, reason, firstRow, region }: ImportRow): string => {
    const field = importFields.find((one) => one === name);
    if (reason === "duplicate")
      return firstRow === null ? t("wrong-duplicate-tag") : t("wrong-duplicate", { row: firstRow });
    if (reason === "required" && field === "timeZone") return t("wrong-zone-required");
    if (reason === "ragged") return t("wrong-ragged", { cell: name ?? "" });
    const known = reasons.find((one) => one === reason);
    if (!known && field === "region") return t("wrong-region", { region });
    if (!known) return t("wrong-other", { reason: reason ?? "" });
    return t(`wrong-${known}`, { field: field ? fields(`field.${field}`) : "", region });
  };

  const noteWords = ({ field, reason, firstRow, nameHere, region, timeZone: zone }: ImportRow): string => {
    const alike = firstRow === null ? null : t("note-alike", { row: firstRow });
    const alikeHere = nameHere === null ? t("note-alike-somebody") : t("note-alike-here", { name: nameHere });
    const assumed =
      field === "timeZone" ? t("note-zone-assumed", { region, zone }) : t("note-assumed", { region });
    const said = [
      reason === "assumed" ? assumed : null,
      reason === "alike-here" || nameHere !== null ? alikeHere : null,
      alike,
      reason === "rounded" ? t("note-rounded") : null,
      reason === "unusual" ? t("note-unusual") : null,
    ];
    return said.filter((words) => words !== null).join(t("join"));
  };

  /** What becomes of it, and the reason; an empty one where there is none to give. */
  const rowWords = (row: ImportRow): { outcome: string; reason: string } => {
    const trouble = row.trouble ? troubleWords(row.trouble) : "";
    const kind = kindOf(row.outcome, state);
    if (kind === "new" && row.attempts > 0)
      return { outcome: t("outcome-new-again", { count: row.attempts }), reason: trouble };
    if (row.outcome === "here" && row.nameHere !== null)
      return { outcome: t("outcome-here-other", { name: row.nameHere }), reason: t("note-other-name") };
    if (row.outcome === "wrong") return { outcome: t("outcome-wrong"), reason: wrongWords(row) };
    if (row.outcome === "failed") return { outcome: t("outcome-failed"), reason: trouble };
    return { outcome: t(`outcome-${kind}`), reason: noteWords(row) };
  };

  return { troubleWords, rowWords };
}
