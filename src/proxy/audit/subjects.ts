import type { AuditSubject } from "#contract/audit.ts";
import type { AuditNames } from "./names.ts";

type Kind = AuditSubject["kind"];

const kinds: [Kind, RegExp][] = [
  ["patient", /^(patient|health-link)|^[A-Z]+ \/api\/(patients|worklist\/devices)\//],
  ["device", /^device|^[A-Z]+ \/api\/devices\//],
  ["case", /^case\b|^[A-Z]+ \/api\/cases\//],
  ["import", /^import|^[A-Z]+ \/api\/imports\//],
  ["recall", /^recall|^[A-Z]+ \/api\/recalls\//],
  ["sensor-list", /^sensor-list|^[A-Z]+ \/api\/look-ups\//],
  ["key", /^key\b|^[A-Z]+ \/api\/keys\//],
  ["reports", /^reports|^[A-Z]+ \/api\/reports\//],
  ["staff", /^(staff|sign-in|sign-out|account|session)\b|^[A-Z]+ \/api\/staff\//],
];

const kindOf = (action: string): Kind => kinds.find(([, pattern]) => pattern.test(action))?.[0] ?? "other";
/** The trail itself is read for one patient, colleague, invited address or sensor. */
const isReading = (action: string) => action.startsWith("audit");
const isAddress = (id: string) => id.includes("@");

interface Named {
  subjectOf(action: string, id: string | null): AuditSubject | null;
  staffName(id: string): string | null;
}

/** Names what rows are about, as they are called now. `staff` has the names of API keys as well. */
export async function nameSubjects(
  names: AuditNames,
  staff: ReadonlyMap<string, string>,
  rows: readonly { action: string; subject: string | null }[],
): Promise<Named> {
  const idsOf = (kind: Kind) => [
    ...new Set(
      rows.flatMap(({ action, subject }) => {
        const isOfKind = kindOf(action) === kind || (kind === "patient" && isReading(action));
        return subject && isOfKind ? subject : [];
      }),
    ),
  ];
  const known = {
    patient: await names.patients(idsOf("patient")),
    import: await names.files(idsOf("import")),
    recall: await names.recalls(idsOf("recall")),
    case: await names.cases(idsOf("case")),
    "sensor-list": await names.files(idsOf("sensor-list")),
    staff,
    key: staff,
  };
  const named = (kind: Kind, id: string): AuditSubject => ({
    kind,
    id,
    name: kind in known ? (known[kind as keyof typeof known].get(id) ?? null) : null,
  });
  return {
    staffName: (id) => staff.get(id) ?? null,
    subjectOf: (action, id) => {
      if (id === null) return null;
      if (isAddress(id)) return { kind: "other", id, name: id };
      if (!isReading(action)) return named(kindOf(action), id);
      if (known.patient.has(id)) return named("patient", id);
      return named(staff.has(id) ? "staff" : "device", id);
    },
  };
}
