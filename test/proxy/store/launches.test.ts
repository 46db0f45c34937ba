import { expect, test } from "vitest";
import { onBothDatabases } from "#test/support/databases.ts";
import { startEhrRecord } from "#test/support/ehr-record.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

onBothDatabases((open) => {
  test("of many who come back with one state at two servers at once, one opens the patient", async () => {
    const authSecret = "one secret of both servers";
    const record = await startEhrRecord(`${origin}/launch/return`);
    const here = await createWorld({ database: await open(), authSecret });
    const there = await createWorld({ database: await open(), authSecret });
    const [person] = here.sandbox.cohort;
    if (!person) throw new Error("nobody");
    const { patient } = await here.proxy.registerPatient(person);
    record.patients.set("7", {
      resourceType: "Patient",
      id: "7",
      identifier: [{ system: "urn:oid:1", value: patient.partnerUid }],
    });
    const issuer = {
      name: "Hospital record",
      baseUrl: record.baseUrl,
      clientId: record.clientId,
      isConfidential: true,
      scopes: "launch patient/Patient.r",
      patientSystem: null,
      partnerSystem: "urn:oid:1",
      frameOrigin: null,
    };
    record.keySet = async () =>
      (await (await there.request("/.well-known/jwks.json")).json()) as { keys: Record<string, unknown>[] };
    await here.request("/api/launch-issuers", {
      ...json(issuer),
      cookie: await here.signIn("administrator"),
    });
    const cookie = await here.signIn("clinician");
    const begun = await here.request("/api/launches", {
      ...json({ iss: record.baseUrl, launch: record.launch }),
      cookie,
    });
    const back = record.authorize(((await begun.json()) as { url: string }).url).searchParams;
    const sent = { state: back.get("state"), code: back.get("code") };
    const own = `${cookie}; ${begun.headers.getSetCookie()[0]?.split(";")[0]}`;
    const answers = await Promise.all(
      [here, there, here, there, here, there].map(async (world) =>
        (await world.request("/api/launches/return", { ...json(sent), cookie: own })).json(),
      ),
    );
    const opened = answers.filter((answer) => "patientId" in (answer as object));
    expect(opened).toEqual([{ patientId: patient.id }]);
    expect(answers.filter((answer) => (answer as { problem?: string }).problem === "state")).toHaveLength(5);
    await Promise.all([here.close(), there.close(), record.stop()]);
  });
});
