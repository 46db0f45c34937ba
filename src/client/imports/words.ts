import { diabetesTypes, type IdentityField, identityFieldNames, therapies } from "#contract/identity.ts";
import { type ImportJob, type ImportOutcome, type ImportRow, importFields } from "#contract/import.ts";
import { fieldFaults } from "#contract/problem-codes.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityValues } from "../ui/identity-values.ts";
import { useWhoWords } from "../ui/likely-duplicates.tsx";
import { useTroubleWords } from "../ui/trouble-words.ts";

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

/** Of what tells a person, the columns that the file has. */
export const identityColumnsOf = ({ columns }: Pick<ImportJob, "columns">): IdentityField[] =>
  identityFieldNames.filter((name) => columns.some(({ field }) => field === name));

/** What is still to be registered stays so for good once the file is cancelled. */
export const kindOf = (outcome: ImportOutcome, state: ImportJob["state"]) =>
  outcome === "new" && state === "cancelled" ? "left" : outcome;

/** What became of a row and why, in the user's language. */
export function useRowWords(state: ImportJob["state"]) {
  const t = useMessages("imports", "row");
  const { language } = usePreferences();
  const fields = useMessages("imports", "file");
  const identity = useMessages("identity");
  const valueWords = useIdentityValues();
  const who = useWhoWords();
  const troubleWords = useTroubleWords();

  type Fault = Pick<ImportRow, "field" | "reason">;
  const faultWords = ({ field: name, reason }: Fault, { firstRow, region }: ImportRow): string => {
    const field = importFields.find((one) => one === name);
    if (reason === "duplicate")
      return firstRow === null ? t("wrong-duplicate-tag") : t("wrong-duplicate", { row: firstRow });
    if (reason === "required" && field === "timeZone") return t("wrong-zone-required");
    if (reason === "ragged") return t("wrong-ragged", { cell: name ?? "" });
    if (reason === "choice" && (field === "diabetesType" || field === "therapy")) {
      const choices = (field === "therapy" ? therapies : diabetesTypes).map((one) => valueWords(field, one));
      return t("wrong-choice", { field: fields(`field.${field}`), choices: formatList(choices, language) });
    }
    const known = reasons.find((one) => one === reason);
    if (!known && field === "region") return t("wrong-region", { region });
    if (!known) return t("wrong-other", { reason: reason ?? "" });
    return t(`wrong-${known}`, { field: field ? fields(`field.${field}`) : "", region });
  };

  const wrongWords = (row: ImportRow): string =>
    [row, ...row.otherFaults].map((fault) => faultWords(fault, row)).join(t("betweenNotes"));

  const duplicateWords = (duplicate: ImportRow["duplicate"]): string | null => {
    if (duplicate === null) return null;
    const { row, same } = duplicate;
    const words = { who: who(duplicate), same: identity(`same.${same}`) };
    return row === null ? t("note-duplicate-here", words) : t("note-duplicate-row", { ...words, row });
  };

  const noteWords = (row: ImportRow): string => {
    const { field, reason, firstRow, nameHere, region, timeZone: zone } = row;
    const alike = firstRow === null ? null : t("note-alike", { row: firstRow });
    const alikeHere = nameHere === null ? t("note-alike-somebody") : t("note-alike-here", { name: nameHere });
    const assumed =
      field === "timeZone" ? t("note-zone-assumed", { region, zone }) : t("note-assumed", { region });
    const said = [
      duplicateWords(row.duplicate),
      reason === "assumed" ? assumed : null,
      reason === "alike-here" || nameHere !== null ? alikeHere : null,
      alike,
      reason === "rounded" ? t("note-rounded") : null,
      reason === "unusual" ? t("note-unusual") : null,
    ];
    return said.filter((words) => words !== null).join(t("betweenNotes"));
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

  return { rowWords };
}
