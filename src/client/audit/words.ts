import { isKeyId } from "#contract/api-key-limits.ts";
import { type AuditEntry, type AuditPage, auditOutcomes } from "#contract/audit.ts";
import { formatList } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { useActionWords } from "./action-words.ts";
import { useDetailsWords } from "./details-words.ts";

const isSearch = (action: string) => action.endsWith(".search");

/** Fingerprints, and IDs that the row names elsewhere: for programs, and so in the file only. */
const unsaid: ReadonlySet<string> = new Set(["text", "view", "recall", "patients"]);

/** A row of the trail in the user's words. */
export function useEntryWords() {
  const t = useMessages("audit", "trail");
  const { language } = usePreferences();
  const actionWords = useActionWords();
  const detailsWords = useDetailsWords();
  const number = new Intl.NumberFormat(language);
  const at = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);

  /** What there is to say beyond the action and its subject. */
  function details({ action, details: given }: AuditEntry, names: AuditPage["patientNames"]): string {
    if (!given) return "";
    const { found, rows, faults, unchecked = 0, untilMs, into, throughSeq } = given;
    if ((isSearch(action) || action === "fleet-sensors.view") && typeof found === "number")
      return t("found", { count: found });
    if (action === "patient.merge" && into !== undefined)
      return t("mergedInto", { name: names[into] ?? into });
    if (action === "audit.verify")
      return t(unchecked === 0 ? "verified" : "verifiedPart", {
        rows: number.format(Number(rows)),
        faults: number.format(Number(faults)),
        unchecked: number.format(Number(unchecked)),
      });
    if (action === "audit.key-change") return t("keyChanged", { seq: number.format(Number(throughSeq)) });
    if (action === "audit.prune")
      return t("pruned", { rows: number.format(Number(rows)), date: at(Number(untilMs)) });
    const said = detailsWords(action, given);
    if (said !== null) return said;
    return formatList(
      Object.entries(given)
        .filter(([name]) => !unsaid.has(name))
        .map(([name, value]) => t("detail", { name, value: String(value) })),
      language,
    );
  }

  return {
    at,
    number: (value: number) => number.format(value),
    action: actionWords,
    person: ({ actor }: AuditEntry) => {
      const name = actor ? (actor.name ?? actor.id) : t("nobody");
      return actor && isKeyId(actor.id) ? t("program", { name }) : name;
    },
    subject: ({ subject }: AuditEntry) => {
      if (!subject) return "";
      if (subject.kind === "device") return t("field.sensor", { serial: subject.id });
      return subject.name ?? t("unknownName", { id: subject.id });
    },
    /** What only old rows have is shown as it stands. */
    outcome: ({ outcome }: AuditEntry) => {
      const known = auditOutcomes.find((one) => one === outcome);
      return known ? t(`outcome-${known}`) : outcome;
    },
    details,
  };
}
