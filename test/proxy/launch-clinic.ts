import { afterEach, expect } from "vitest";
import type { LaunchFailure, LaunchProblem, NewLaunchIssuer } from "#contract/launch.ts";
import { startEhrRecord } from "#test/support/ehr-record.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

export const hospital = "urn:oid:1.2.3";
export const partner = "https://partner.example/users";
export const number = "A-104217";
const redirectUrl = `${origin}/launch/return`;

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A clinic with a patient of whom a record knows the hospital number, and that record, named by an administrator. */
export async function openClinic(issuer: Partial<NewLaunchIssuer> = {}, publicUrl = origin) {
  const world = await createWorld({ publicUrl });
  const record = await startEhrRecord(publicUrl === origin ? redirectUrl : `${publicUrl}/launch/return`);
  open.push(world, { close: record.stop });
  const [person, other] = world.sandbox.cohort;
  if (!person || !other) throw new Error("two people are needed");
  const { patient } = await world.proxy.registerPatient(person);
  const administrator = await world.signIn("administrator");
  const clinician = await world.signIn("clinician");
  const put = (id: string, change: object) =>
    world.request(`/api/patients/${id}`, { ...json(change), method: "PATCH", cookie: clinician });
  await put(patient.id, { hospitalNumber: number, dateOfBirth: "1961-04-12" });
  record.patients.set("7", {
    resourceType: "Patient",
    id: "7",
    name: [{ text: "Somebody Else" }],
    birthDate: "1961-04-12",
    identifier: [{ system: hospital, value: number }],
  });
  const named: NewLaunchIssuer = {
    name: "Hospital record",
    baseUrl: record.baseUrl,
    clientId: record.clientId,
    isConfidential: false,
    scopes: "launch patient/Patient.r",
    patientSystem: hospital,
    partnerSystem: partner,
    frameOrigin: null,
    ...issuer,
  };
  const issuers = (init: RequestInit = {}, id = "") =>
    world.request(`/api/launch-issuers${id}`, { ...init, cookie: administrator });
  expect((await issuers(json(named))).status).toBe(201);

  const post = async (path: string, body: object, cookie = clinician) =>
    world.request(`/api/launches${path}`, { ...json(body), cookie });
  const answerOf = async (answer: Response) => ({
    ...((await answer.json()) as {
      url?: string;
      patientId?: string;
      problem?: LaunchProblem;
      said?: string;
      sought?: LaunchFailure["sought"];
    }),
    cookies: answer.headers.getSetCookie(),
  });
  const begin = async (iss = record.baseUrl, cookie?: string) =>
    answerOf(await post("", { iss, launch: record.launch }, cookie));
  const finish = async (address: URL, cookie: string) => {
    const { searchParams } = address;
    const of = (name: string) => searchParams.get(name) ?? undefined;
    const sent = { state: of("state"), code: of("code"), error: of("error"), said: of("error_description") };
    return answerOf(await post("/return", sent, cookie));
  };
  /** The cookie of the clinician's browser once the launch has begun. */
  const withCookies = (cookies: string[]) =>
    [clinician, ...cookies.map((line) => line.split(";")[0])].join("; ");
  return {
    ...world,
    record,
    patient,
    other,
    administrator,
    clinician,
    named,
    put,
    issuers,
    post,
    begin,
    finish,
    withCookies,
    launch: async () => {
      const { url = "", cookies } = await begin();
      return finish(record.authorize(url), withCookies(cookies));
    },
    audited: () =>
      world.database.db
        .selectFrom("audit")
        .select(["action", "subject", "outcome", "details", "actor_role"])
        .where("action", "like", "launch%")
        .where("action", "not like", "launch-issuer.view")
        .orderBy("seq")
        .execute(),
  };
}
export type Clinic = Awaited<ReturnType<typeof openClinic>>;
