import { diabetesTypes, therapies } from "#contract/identity.ts";
import type { ImportRow } from "#contract/import.ts";
import type { Audit } from "../audit/write.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { RegisterPatient } from "../roster/register-patient.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";

interface RegisterRowOptions {
  store: Pick<ImportStore, "setRow">;
  register: RegisterPatient;
  audit: Audit;
  now: () => number;
}

const longestRegistrationMs = 60_000;

/** Registers the patient of one row and writes down who it is. */
export const createRegisterRow =
  ({ store, register, audit, now }: RegisterRowOptions) =>
  async (job: StoredImport, row: ImportRow): Promise<void> => {
    const { partnerUid, name, region, timeZone, tags, dateOfBirth, hospitalNumber, phone } = row;
    const known = { dateOfBirth, hospitalNumber, phone };
    const diabetesType = diabetesTypes.find((one) => one === row.diabetesType);
    const therapy = therapies.find((one) => one === row.therapy);
    const { patient, created } = await withDeadline("background", longestRegistrationMs, () =>
      register({ partnerUid, name, region, timeZone, tags, ...known, diabetesType, therapy }),
    );
    await audit({
      actor_id: job.startedBy?.id ?? null,
      actor_role: job.startedBy?.role ?? null,
      action: created ? "patient.register" : "patient.register-again",
      subject: patient.id,
      outcome: "ok",
      request_id: `import ${job.id}`,
      client_address: job.startedBy?.clientAddress ?? "",
    });
    const nameHere = created || patient.name === name ? null : patient.name;
    await store.setRow(job.id, row.row, {
      outcome: created ? "registered" : "here",
      nameHere,
      trouble: null,
      doneAtMs: now(),
      patientId: patient.id,
      openId: patient.openId,
    });
  };
