import { vi } from "vitest";
import { type NewReceiver, receiverList, receiverTest, usualScopes } from "#contract/receivers.ts";
import { patientSubmissions, type Submission } from "#contract/submissions.ts";
import type { Database } from "#proxy/store/database.ts";
import { startCgmReceiver } from "#test/support/cgm-receiver.ts";
import { createWorld, json } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
export const asked = { days: "14", language: "en", unit: "mmol/L", paper: "a4" } as const;

export async function openClinic({ database, ...own }: Partial<NewReceiver> & { database?: Database } = {}) {
  for (const table of ["service_user", "platform_token", "submission", "standing_order", "receiver"] as const)
    await database?.db
      .deleteFrom(table)
      .execute()
      .catch(() => {});
  const world = await createWorld({ authSecret, ...(database && { database }) });
  const record = await startCgmReceiver(async () => {
    const answer = await world.request("/.well-known/jwks.json");
    return (await answer.json()) as { keys: Record<string, unknown>[] };
  });
  const administrator = await world.signIn("administrator");
  const cookie = await world.signIn("clinician");
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has no people");
  const { patient } = await world.proxy.registerPatient(person);
  const fields: NewReceiver = {
    name: "Hospital record",
    baseUrl: record.baseUrl,
    tokenUrl: null,
    clientId: record.clientId,
    scopes: usualScopes,
    patientSystem: null,
    ...own,
  };
  const receivers = async (path = "", init: RequestInit = {}, as = administrator) =>
    world.request(`/api/receivers${path}`, { ...init, cookie: as });
  const named = receiverList.parse(await (await receivers("", json(fields))).json());
  const [receiver] = named.receivers;
  if (!receiver) throw new Error("no receiver was named");
  const path = `/api/patients/${patient.id}`;
  const call = (rest: string, init: RequestInit = {}) => world.request(path + rest, { ...init, cookie });
  const read = async () => patientSubmissions.parse(await (await call("/submissions")).json());
  const send = (more: object = {}) =>
    call("/submissions", json({ ...asked, receiverId: receiver.id, ...more }));
  /** The latest one, once it is as asked. */
  const until = (isSo: (latest: Submission) => boolean): Promise<Submission> =>
    vi.waitFor(
      async () => {
        const latest = (await read()).submissions.find(({ state }) => state !== "cancelled");
        if (!latest || !isSo(latest)) throw new Error(`it is ${JSON.stringify(latest)}`);
        return latest;
      },
      { timeout: 20_000, interval: 20 },
    );
  const ended = () => until(({ state }) => state !== "waiting");
  const tried = (attempts: number) =>
    until((one) => one.attempts === attempts && (one.nextAtMs ?? 0) > world.now());
  const test = async () =>
    receiverTest.parse(await (await receivers(`/${receiver.id}/test`, { method: "POST" })).json()).steps;
  const turn = (isOn: boolean) =>
    world.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie: administrator });
  const trail = async () =>
    (
      await world.database.db
        .selectFrom("audit")
        .select(["action", "outcome", "details", "actor_role"])
        .where("action", "like", "patient-submission.%")
        .where("action", "!=", "patient-submission.view")
        .orderBy("seq")
        .execute()
    ).map(({ action, outcome, details }) => [action.replace("patient-submission.", ""), outcome, details]);
  const close = async () => {
    await record.stop();
    await world.close();
  };
  return {
    world,
    record,
    administrator,
    patient,
    fields,
    receiver,
    receivers,
    call,
    read,
    send,
    until,
    ended,
    tried,
    test,
    turn,
    trail,
    close,
  };
}

export type Clinic = Awaited<ReturnType<typeof openClinic>>;
export const typesIn = ({ kept }: Clinic["record"]) =>
  Object.fromEntries(
    [...Map.groupBy(kept.values(), ({ resourceType }) => resourceType)].map(([type, all]) => [
      type,
      all.length,
    ]),
  );
