import * as z from "zod/mini";
import type { AuditPage } from "#contract/audit.ts";
import type { StaffAccount } from "#contract/staff.ts";
import type { AuditRow } from "../store/audit-rows.ts";
import type { AuditNames } from "./names.ts";
import { nameSubjects } from "./subjects.ts";

const details = z.nullable(z.record(z.string(), z.union([z.string(), z.number()])));

const patientsIn = (said: z.infer<typeof details>): string[] =>
  [said?.patients, said?.into].flatMap((ids) => String(ids ?? "").split(" ")).filter(Boolean);

/** Rows of the trail with the names of their actors, their subjects and the patients whom they showed. */
export async function shownRows(
  names: AuditNames,
  staff: readonly Pick<StaffAccount, "id" | "name">[],
  rows: readonly AuditRow[],
): Promise<Pick<AuditPage, "rows" | "patientNames">> {
  const staffNames = new Map(staff.map(({ id, name }) => [id, name]));
  const named = await nameSubjects(names, staffNames, rows);
  const shown = rows.map((row) => ({
    seq: row.seq,
    atMs: row.at_ms,
    action: row.action,
    outcome: row.outcome,
    mac: row.mac,
    actor: row.actor_id
      ? { id: row.actor_id, name: named.staffName(row.actor_id), role: row.actor_role }
      : null,
    subject: named.subjectOf(row.action, row.subject),
    details: details.parse(row.details === null ? null : JSON.parse(row.details)),
    requestId: row.request_id,
    clientAddress: row.client_address,
  }));
  const seen = new Set(shown.flatMap((row) => patientsIn(row.details)));
  return { rows: shown, patientNames: Object.fromEntries(await names.patients([...seen])) };
}
