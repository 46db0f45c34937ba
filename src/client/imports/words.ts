import {
  type ImportJob,
  type ImportOutcome,
  type ImportRow,
  type ImportTrouble,
  importFields,
} from "#contract/import.ts";
import { useJobMessages } from "./job-messages.ts";
import { useImportMessages } from "./messages.ts";

const codes = [
  "platform-unreachable",
  "platform-timeout",
  "platform-unauthorized",
  "platform-refused",
  "platform-error",
  "platform-malformed",
  "platform-busy",
  "internal",
] as const;

/** Why a row that goes through should be looked at. */
const notes = ["alike", "unusual", "assumed"] as const;

const reasons = [
  "required",
  "too-long",
  "characters",
  "region",
  "time-zone",
  "too-many",
  "ragged",
  "quotes",
  "two-rows",
  "spreadsheet",
] as const;

/** What is still to be registered stays so for good once the file is cancelled. */
export const kindOf = (outcome: ImportOutcome, state: ImportJob["state"]) =>
  outcome === "new" && state === "cancelled" ? "left" : outcome;

/** What became of a row and why, in the user's language. */
export function useRowWords(state: ImportJob["state"]) {
  const t = useJobMessages();
  const fields = useImportMessages();

  const troubleWords = ({ code, platformCode, platformMessage }: ImportTrouble): string => {
    const known = codes.find((one) => one === code);
    const words = known ? t(`code-${known}`) : t("code-other", { code });
    const said = [platformCode, platformMessage].filter((part) => part !== null && part !== "").join(": ");
    return said ? `${words} (${said})` : words;
  };

  const wrongWords = ({ field: name, reason, firstRow }: ImportRow): string => {
    const field = importFields.find((one) => one === name);
    if (reason === "duplicate")
      return firstRow === null ? t("wrong-duplicate-tag") : t("wrong-duplicate", { row: firstRow });
    if (reason === "required" && field === "timeZone") return t("wrong-zone-required");
    const known = reasons.find((one) => one === reason);
    if (!known) return t("wrong-other", { reason: reason ?? "" });
    return t(`wrong-${known}`, { field: field ? fields(`field-${field}`) : "" });
  };

  /** What becomes of it, and the reason; an empty one where there is none to give. */
  const rowWords = (row: ImportRow): { outcome: string; reason: string } => {
    const trouble = row.trouble ? troubleWords(row.trouble) : "";
    const kind = kindOf(row.outcome, state);
    if (kind === "new" && row.attempts > 0)
      return { outcome: t("outcome-new-again", { count: row.attempts }), reason: trouble };
    if (row.outcome === "here" && row.nameHere !== null)
      return { outcome: t("outcome-here-other", { name: row.nameHere }), reason: "" };
    if (row.outcome === "wrong") return { outcome: t("outcome-wrong"), reason: wrongWords(row) };
    if (row.outcome === "failed") return { outcome: t("outcome-failed"), reason: trouble };
    const note = notes.find((one) => one === row.reason);
    const key = note === "assumed" && row.field === "timeZone" ? "note-zone-assumed" : `note-${note}`;
    const reason = note
      ? t(key as "note-alike", { row: row.firstRow ?? "", region: row.region, zone: row.timeZone })
      : "";
    return { outcome: t(`outcome-${kind}`), reason };
  };

  return { troubleWords, rowWords };
}
