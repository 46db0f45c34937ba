import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "#contract/audit.ts";
import { embedRefusals } from "#contract/embed-limits.ts";
import { launchProblems } from "#contract/launch.ts";
import { type LimitKey, limitKeys } from "#contract/limits.ts";
import { type ChangeablePart, changeableParts } from "#contract/patient.ts";
import { contactOutcomes } from "#contract/recalls.ts";
import { sendProblems } from "#contract/receivers.ts";
import { roles } from "#contract/staff.ts";
import { targetChoice } from "#contract/targets.ts";
import { type TargetChoice, targetNames } from "#glucose/targets.ts";
import { formatList } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityValues } from "../ui/identity-values.ts";
import { useSendTrouble } from "../ui/send-trouble.ts";
import { useTargetWords } from "../ui/target-words.ts";
import { viewerZone } from "../ui/viewer-zone.ts";

type Details = NonNullable<AuditEntry["details"]>;

const keyTroubles = ["unknown", "revoked", "expired", "exchange-off"] as const;
const lists = new Set(["patients.view", "patient-devices.view"]);

/** A preset's name or a patient's own targets as JSON; null for what neither is any more. */
function targetsIn(of: Details[string] | undefined): TargetChoice | null {
  const known = targetNames.find((name) => name === of);
  if (known) return known;
  try {
    return targetChoice.parse(JSON.parse(String(of)));
  } catch {
    return null;
  }
}

/** Looks, changes, roles and sessions in words; null for details of another kind. */
export function useDetailsWords(): (action: string, details: Details) => string | null {
  const t = useMessages("audit", "details");
  const targetWords = useTargetWords();
  const people = useQuery(auditQueries.choices).data?.people ?? [];
  const valueWords = useIdentityValues();
  const troubleWords = useSendTrouble();
  const { language } = usePreferences();

  const role = (name: Details[string]) => {
    const known = roles.find((one) => one === name);
    return known ? t(known) : String(name);
  };
  const value = (part: ChangeablePart | LimitKey, of: Details[string] | undefined) => {
    if (part === "archived") return t(of === "true" ? "yes" : "no");
    if (part === "diabetesType" || part === "therapy")
      return valueWords(part, of === "null" ? null : String(of));
    const targets = part === "targets" ? targetsIn(of) : null;
    return targets ? targetWords(targets) : String(of);
  };
  const withReason = (words: string, reason: Details[string] | undefined) =>
    reason === undefined ? words : t("changeWhy", { change: words, reason: String(reason) });
  const change = (parts: readonly (ChangeablePart | LimitKey)[], details: Details) => {
    const changed = String(details.changed).split(" ");
    const said = parts
      .filter((part) => changed.includes(part))
      .map((part) =>
        `${part}.after` in details
          ? withReason(
              t("change", {
                part: t(part),
                before: value(part, details[`${part}.before`]),
                after: value(part, details[`${part}.after`]),
              }),
              details[`${part}.reason`],
            )
          : t(part),
      );
    return formatList(said, language);
  };

  const putOff = ({ untilMs, untilWorse }: Details) => {
    const isUntilWorse = untilWorse === "true";
    if (typeof untilMs !== "number") return t("untilWorse");
    return t(isUntilWorse ? "untilDateOrWorse" : "untilDate", {
      date: formatDateTime(untilMs, viewerZone, language),
    });
  };
  const handedTo = ({ to, role: toRole = to, staffId, withWords }: Details) => {
    const name = people.find(({ id }) => id === staffId)?.name ?? String(staffId);
    return t(withWords === undefined ? "handedTo" : "handedToWithWords", {
      to: toRole === undefined ? name : role(toRole),
    });
  };

  const keyMade = ({ role: of, mayRegister, expiresAtMs }: Details) =>
    t(mayRegister === "true" ? "keyMadeToRegister" : "keyMade", {
      role: role(of ?? ""),
      date: formatDateTime(Number(expiresAtMs), viewerZone, language),
    });
  const keyTrouble = (key: Details[string] | undefined) => {
    const known = keyTroubles.find((one) => one === key);
    return known ? t(`key-${known}`) : null;
  };

  const withComparison = (what: string, { compared }: Details) =>
    compared === undefined ? what : t("comparedByNumber", { what });
  const withPatientThere = (what: string, details: Details) => {
    const { patient } = details;
    return withComparison(patient === undefined ? what : t("patientThere", { what, patient }), details);
  };

  /** Where something was sent, and what became of it. */
  const sent = (details: Details) => {
    const { holds, first, taken, problem, every, days } = details;
    if (holds !== undefined) return withPatientThere(t("sentTo", details), details);
    if (first !== undefined) return t("startTo", details);
    if (every !== undefined) return t("orderTo", { ...details, count: Number(days) });
    if (taken !== undefined) return withPatientThere(t("answered", details), details);
    const known = sendProblems.find((one) => one === problem);
    if (!known) return t("receiverAt", details);
    const status = typeof details.status === "number" ? details.status : null;
    return t("notAnswered", { ...details, problem: troubleWords({ problem: known, status, said: "" }) });
  };

  const embedTrouble = (reason: Details[string] | undefined) => {
    const known = embedRefusals.find((one) => one === reason);
    if (known === "exchange-off") return keyTrouble(known);
    return known ? t(`embed-${known}`) : null;
  };

  /** From which record, and why nothing was opened. */
  const launched = (details: Details) => {
    const known = launchProblems.find((one) => one === details.problem);
    if (!known) return withComparison(t("launchOf", details), details);
    const problem = t(`launch.${known}`);
    return details.issuer === undefined ? problem : t("launchFailed", { ...details, problem });
  };

  const wordsOf = (action: string, details: Details) => {
    if (action === "key.make") return keyMade(details);
    if (details.receiver !== undefined) return sent(details);
    if (action.startsWith("launch")) return launched(details);
    const { days, ago, changed, before, purpose, sessions, times, shown, found, from, fromRow, toRow } =
      details;
    const { count, picked, named, outcome, rows, which, file } = details;
    if (typeof times === "number") return t("times", { count: times });
    if (details.key !== undefined) return keyTrouble(details.key);
    if (details.embed !== undefined) return embedTrouble(details.embed);
    if (typeof fromRow === "number" && typeof toRow === "number")
      return fromRow === toRow ? t("row", { row: fromRow }) : t("rows", { fromRow, toRow });
    if (lists.has(action) && typeof shown === "number" && typeof found === "number")
      return t("shown", {
        from: Number(from ?? 0) + Math.min(1, shown),
        to: Number(from ?? 0) + shown,
        found,
      });
    if (typeof days === "number")
      return formatList(
        [
          t("days", { count: days }),
          ...(typeof ago === "number" ? [t("ago", { count: ago })] : []),
          ...(file === "pdf" ? [t("asPdf")] : []),
          ...(file === "csv" ? [t("readings", { count: Number(count) }), t("asCsv")] : []),
        ],
        language,
      );
    if (changed !== undefined)
      return change(action === "worklist.limits" ? limitKeys : changeableParts, details);
    if (typeof rows === "number")
      return typeof which === "string"
        ? t("theseRows", { rows: formatList(which.split(" "), language) })
        : t("rowCount", { count: rows });
    if (action === "reports.start") return t("patients", { count: Number(count) });
    if (action === "reports.download")
      return formatList(
        [t("patients", { count: Number(count) }), t(file === "zip" ? "asZip" : "asPdf")],
        language,
      );
    if (file === "pdf") return t("asPdf");
    if (file === "csv") return t("asCsv");
    if (action === "recall.view" && typeof shown === "number") return t("people", { count: shown });
    if (action === "appointments.set") return t("patients", { count: Number(count) });
    if (action === "ward.choose")
      return formatList(
        [
          ...(typeof picked === "number" ? [t("patients", { count: picked })] : []),
          t(named === "initials" ? "byInitials" : "byName"),
        ],
        language,
      );
    if (action === "patient.recall-contact") {
      const known = contactOutcomes.find((one) => one === outcome);
      return known ? t(known) : String(outcome);
    }
    if (action === "patient.snooze" || action === "patient-devices.snooze") return putOff(details);
    if (action === "patient.hand-over") return handedTo(details);
    if (action.startsWith("staff.make-") && before !== undefined)
      return t("roleBefore", { role: role(before) });
    if (action.startsWith("invitation."))
      return t(purpose === "join" ? "join" : "new-password", { role: role(details.role ?? "") });
    if (action === "session.revoke") return t(sessions === "others" ? "others" : "one");
    return null;
  };
  return (action, { framedBy, ...details }) => {
    const words = wordsOf(action, details);
    if (framedBy === undefined) return words;
    return formatList([...(words === null ? [] : [words]), t("framedBy", { origin: framedBy })], language);
  };
}
