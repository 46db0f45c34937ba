import { expect, test } from "vitest";
import { toReadings } from "#contract/reading-columns.ts";
import { keptWardChoice, nowAnswer } from "#contract/ward.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

async function worldOf(database?: Database) {
  const world = await createWorld(database ? { database } : {});
  const people = await Promise.all(
    world.sandbox.cohort.slice(0, 3).map((person) => world.proxy.registerPatient(person)),
  );
  return { world, ids: people.map(({ patient }) => patient.id), cookie: await world.signIn("clinician") };
}
const ask = async (world: World, cookie: string, body: object) =>
  world.request("/api/patients/now", { ...json(body), method: "POST", cookie });

test("how several patients are now is one answer, in the order of the question; who is not here is left out", async () => {
  const { world, ids, cookie } = await worldOf();
  const [one, two] = [ids[1] as string, ids[0] as string];
  const answer = await ask(world, cookie, { ids: [one, "nobody", two], opening: "opening-1" });
  const { patients } = nowAnswer.parse(await answer.json());
  expect(patients.map(({ id }) => id)).toEqual([one, two]);
  for (const { id, read, failure } of patients) {
    expect(failure).toBeNull();
    const readings = toReadings(read?.readings as NonNullable<typeof read>["readings"]);
    const endMs = Math.ceil(world.now());
    const path = `/api/patients/${id}/readings?start=${endMs - 4 * 3_600_000}&end=${endMs}`;
    const own = (await (await world.request(path, { cookie })).json()) as { readings: never };
    expect(readings).toEqual(toReadings(own.readings));
    expect(readings.length).toBeGreaterThan(0);
  }
  await world.close();
});

test("each patient stands in the trail once for an opening of the page, however long it stands", async () => {
  const { world, ids, cookie } = await worldOf();
  const looks = async () =>
    (
      await world.database.db
        .selectFrom("audit")
        .select("subject")
        .where("action", "=", "ward.view")
        .execute()
    )
      .map(({ subject }) => subject)
      .sort();
  for (let minute = 0; minute < 25; minute += 5) {
    await ask(world, cookie, { ids, opening: "opening-1" });
    world.advance(5 * 60_000);
  }
  expect(await looks()).toEqual([...ids].sort());
  await ask(world, cookie, { ids: ids.slice(0, 1), opening: "opening-2" });
  expect(await looks()).toHaveLength(4);
  await world.close();
});

test("where the platform cannot be read, each patient says so and the answer comes all the same", async () => {
  const { world, ids, cookie } = await worldOf();
  world.sandbox.inject({ kind: "refused" });
  const answer = await ask(world, cookie, { ids, opening: "opening-1" });
  const { patients } = nowAnswer.parse(await answer.json());
  expect(patients.map(({ read, failure }) => [read, failure])).toEqual(
    ids.map(() => [null, "platform-refused"]),
  );
  await world.close();
});

test("more than sixty, the same one twice or none at all is refused", async () => {
  const { world, cookie } = await worldOf();
  const many = Array.from({ length: 61 }, (_, i) => `p${i}`);
  for (const ids of [many, ["p1", "p1"], []])
    expect((await ask(world, cookie, { ids, opening: "opening-1" })).status).toBe(400);
  await world.close();
});

onBothDatabases((open: () => Promise<Database>) => {
  test("whom a screen shows is kept with the account, and choosing it is in the trail", async () => {
    const { world, ids, cookie } = await worldOf(await open());
    const other = await world.signIn("administrator");
    const path = "/api/account/ward";
    const kept = async (as: string) =>
      keptWardChoice.parse(await (await world.request(path, { cookie: as })).json()).choice;
    const put = (body: object) => world.request(path, { ...json(body), method: "PUT", cookie });
    expect(await kept(cookie)).toBeNull();
    expect((await put({ shown: { search: "mine=1" }, named: "initials" })).status).toBe(200);
    expect((await put({ shown: { ids }, named: "name" })).status).toBe(200);
    expect(await kept(cookie)).toEqual({ shown: { ids }, named: "name" });
    expect(await kept(other)).toBeNull();
    expect((await put({ shown: { search: "q=Anna" }, named: "name" })).status).toBe(400);
    const rows = await world.database.db
      .selectFrom("audit")
      .select(["action", "details"])
      .where("action", "=", "ward.choose")
      .execute();
    expect(rows).toHaveLength(2);
    await world.close();
  });
});
