import type { AuditSubject } from "#contract/audit.ts";
import type { AuditNames } from "../store/audit-names.ts";

const kindOf = (action: string): AuditSubject["kind"] => {
  if (action.startsWith("patient")) return "patient";
  if (action.startsWith("device")) return "device";
  if (action.startsWith("import")) return "import";
  // The trail itself is read for one patient or sensor.
  if (action.startsWith("audit")) return "patient";
  return action.startsWith("staff") ? "staff" : "other";
};

interface Named {
  subjectOf(action: string, id: string | null): AuditSubject | null;
  staffName(id: string): string | null;
}

/** Names what rows are about, as they are called now. */
export async function nameSubjects(
  names: AuditNames,
  staff: ReadonlyMap<string, string>,
  rows: readonly { action: string; subject: string | null }[],
): Promise<Named> {
  const idsOf = (kind: AuditSubject["kind"]) => [
    ...new Set(rows.flatMap(({ action, subject }) => (subject && kindOf(action) === kind ? subject : []))),
  ];
  const known = {
    patient: await names.patients(idsOf("patient")),
    import: await names.imports(idsOf("import")),
    staff,
  };
  return {
    staffName: (id) => staff.get(id) ?? null,
    subjectOf: (action, id) => {
      if (id === null) return null;
      const kind = kindOf(action);
      if (action.startsWith("audit") && !known.patient.has(id)) return { kind: "device", id, name: null };
      return { kind, id, name: kind in known ? (known[kind as keyof typeof known].get(id) ?? null) : null };
    },
  };
}
