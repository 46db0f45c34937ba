import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { patientSensors, wearersFound } from "#contract/patient-sensors.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { beginRecall } from "#test/support/recall.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

/** Somebody whose sensor has ended, and who wears another one now. */
async function clinic() {
  const world = await createWorld();
  const sensors = createSensorStore(world.database.db, world.now);
  const clinician = await world.signIn("clinician");
  const support = await world.signIn("support");
  const register = async (name: string, phone: string | null, serials: string[], uid?: string) => {
    const partnerUid = uid ?? `desk-${randomUUID().slice(0, 8)}`;
    const body = { partnerUid, name, region: "CN", timeZone: "Asia/Shanghai", phone };
    const made = await world.request("/api/patients", { ...json(body), cookie: clinician });
    const { id, openId } = (await made.json()) as { id: string; openId: string };
    const dayMs = 86_400_000;
    await sensors.note(
      serials.map((serial, place) => ({
        serial,
        openId,
        state: place === 0 ? "activated" : "ended",
        boundAtMs: world.now() - (place * 14 + 3) * dayMs,
        activatedAtMs: world.now() - (place * 14 + 3) * dayMs,
        estimatedEndAtMs: world.now() - (place * 14 - 11) * dayMs,
        endedAtMs: place === 0 ? null : world.now() - (place * 14 - 11) * dayMs,
        partnerId: null,
        askedAtMs: world.now(),
      })),
    );
    return { id, partnerUid, openId };
  };
  const find = async (q: string, cookie = support) => {
    const answer = await world.request("/api/devices/wearers", { ...json({ q }), cookie });
    return wearersFound.parse(await answer.json());
  };
  return { world, register, find, clinician, support };
}

const trail = (world: World) =>
  world.database.db.selectFrom("audit").select(["action", "subject", "details"]).orderBy("seq").execute();

test("support finds who calls by name, partner user ID or whole phone number, with the sensors of now and before", async () => {
  const { world, register, find } = await clinic();
  const { partnerUid } = await register("Zoë Quist", "+49 171 2345678", ["QX00000001", "QX00000002"]);
  for (const q of [
    "zoe quist",
    partnerUid,
    "+49 171 2345678",
    "0171 2345678",
    "0049-171-2345678",
    "491712345678",
    "+49 (0)171 2345678",
  ]) {
    const { people, total } = await find(q);
    expect([q, total, people[0]?.name]).toEqual([q, 1, "Zoë Quist"]);
    expect(people[0]?.sensors.map(({ serial, state }) => [serial, state])).toEqual([
      ["QX00000001", "activated"],
      ["QX00000002", "ended"],
    ]);
  }
  await world.close();
});

test("an ID is found without its marks and the zeros in front, and who has it to the letter comes first", async () => {
  const { world, register, find } = await clinic();
  await register("Zoë Quist", null, [], "ward-0031");
  await register("Adam Alder", null, [], "ward-31");
  await register("Bea Birch", null, [], "ward-310");
  const found = async (q: string) => (await find(q)).people.map(({ partnerUid }) => partnerUid);
  expect(await found("ward-0031")).toEqual(["ward-0031", "ward-31"]);
  expect(await found("WARD-31")).toEqual(["ward-31", "ward-310", "ward-0031"]);
  for (const q of ["WARD 0031", "ward0031", "ward_031"])
    expect([q, await found(q)]).toEqual([q, ["ward-31", "ward-0031"]]);
  for (const q of ["WARD 31", "Ward31"])
    expect([q, new Set(await found(q))]).toEqual([q, new Set(["ward-31", "ward-310", "ward-0031"])]);
  await world.close();
});

test("a number that is kept without its country's code is found with it, in any way of writing it", async () => {
  const { world, register, find } = await clinic();
  await register("Zoë Quist", "013 8001-38000", []);
  for (const q of ["13800138000", "+86 138 0013 8000", "8613800138000", "（０１３８）００１３ ８０００"])
    expect([q, (await find(q)).total]).toEqual([q, 1]);
  for (const q of ["3800138000", "138000", "+8613800138001"])
    expect([q, (await find(q)).total]).toEqual([q, 0]);
  await world.close();
});

test("a part of a phone number, a birth date or a hospital number finds nobody for the desk", async () => {
  const { world, register, find } = await clinic();
  await register("Zoë Quist", "+49 171 2345678", ["QX00000001"]);
  for (const q of [
    "5678",
    "345678",
    "00345678",
    "2345678",
    "12345678",
    "99 12345678",
    "+86 171 2345678",
    "71 2345678",
    "1980-01-01",
  ])
    expect((await find(q)).total).toBe(0);
  await world.close();
});

test("the answer has no glucose, no phone and, for support, no way to the patient's page", async () => {
  const { world, register, find, clinician } = await clinic();
  const { id } = await register("Zoë Quist", "+49 171 2345678", ["QX00000001"]);
  const [seen] = (await find("zoe")).people;
  expect(seen?.patientId).toBeNull();
  expect(Object.keys(seen ?? {}).sort()).toEqual([
    "isSimilarId",
    "name",
    "partnerUid",
    "patientId",
    "sensors",
    "timeZone",
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/2345678|mmol|value/i);
  expect((await find("zoe", clinician)).people[0]?.patientId).toBe(id);
  await world.close();
});

test("who was shown stands in the trail, and not what was searched for; who is archived is not found", async () => {
  const { world, register, find, clinician } = await clinic();
  const { id } = await register("Zoë Quist", null, ["QX00000001"]);
  await find("zoe quist");
  const rows = await trail(world);
  const [look] = rows.filter(({ action }) => action === "patient-sensors.search");
  expect(look?.details).toContain(id);
  expect(JSON.stringify(rows)).not.toMatch(/quist/i);
  await world.request(`/api/patients/${id}`, {
    ...json({ archived: true }),
    method: "PATCH",
    cookie: clinician,
  });
  expect((await find("zoe quist")).total).toBe(0);
  await world.close();
});

test("ten people of one name are shown, and how many there are", async () => {
  const { world, register, find } = await clinic();
  for (let n = 0; n < 12; n += 1) await register("Twelve Times", null, []);
  const { people, total } = await find("twelve");
  expect([people.length, total]).toEqual([10, 12]);
  await world.close();
});

test("a patient's sensors are those of all the accounts of that person, the one started last first", async () => {
  const { world, register, clinician } = await clinic();
  const one = await register("Zoë Quist", null, ["QX00000001", "QX00000002"]);
  const other = await register("Zoe Quist", null, ["QX00000003"]);
  const merged = await world.request(`/api/patients/${other.id}/merged-into`, {
    ...json({ into: one.id }),
    method: "PUT",
    cookie: clinician,
  });
  expect(merged.status).toBe(200);
  const answer = await world.request(`/api/patients/${one.id}/sensors`, { cookie: clinician });
  const { sensors } = patientSensors.parse(await answer.json());
  expect(sensors.map(({ serial }) => serial)).toContain("QX00000003");
  expect(sensors.at(-1)?.serial).toBe("QX00000002");
  const rows = await trail(world);
  expect(rows.some(({ action, subject }) => action === "patient-sensors.view" && subject === one.id)).toBe(
    true,
  );
  await world.close();
});

test.each(["Benett", "Shroeder", "Lucia Fernandes"])(
  "who calls as %j is perhaps somebody of nearly that name",
  async (q) => {
    const { world, register, find } = await clinic();
    for (const [place, name] of ["Ann Bennett", "Karl Schröder", "Lucía Fernández"].entries())
      await register(name, null, [`QX1000000${place}`]);
    const { isNear, total, people } = await find(q);
    expect([isNear, total, people.map(({ name }) => name.slice(-7))]).toEqual([
      true,
      1,
      [{ Benett: "Bennett", Shroeder: "chröder" }[q] ?? "rnández"],
    ]);
    expect(people[0]?.sensors).toHaveLength(1);
    expect((await find("Bennett")).isNear).toBe(false);
    expect(await find("Nobody Atall")).toMatchObject({ isNear: false, total: 0 });
    await world.close();
  },
);

test("of each sensor it is told as of when it is known, whether it is recalled, and whether its dates are in doubt", async () => {
  const { world, register, find, support } = await clinic();
  const { openId } = await register("Zoë Quist", null, ["QX00000001", "QX00000002"]);
  const sensors = createSensorStore(world.database.db, world.now);
  const dayMs = 86_400_000;
  const atMs = world.now();
  const odd = {
    serial: "QX00000003",
    openId,
    state: "ended" as const,
    boundAtMs: atMs - 30 * dayMs,
    activatedAtMs: atMs - 30 * dayMs,
    estimatedEndAtMs: atMs - 16 * dayMs,
    endedAtMs: atMs - 19 * dayMs,
    partnerId: null,
    askedAtMs: atMs,
    headline: "ended-doubtful",
  };
  await sensors.note([odd, { ...odd, serial: "QX00000004", headline: null, activatedAtMs: atMs }]);
  await beginRecall(world, "QX00000001", support);
  const [person] = (await find("zoe quist")).people;
  const told = person?.sensors.map(({ serial, isRecalled, isInDoubt }) => [serial, isRecalled, isInDoubt]);
  expect(told?.toSorted()).toEqual([
    ["QX00000001", true, false],
    ["QX00000002", false, false],
    ["QX00000003", false, true],
    ["QX00000004", false, true],
  ]);
  expect(person?.sensors[0]?.askedAtMs).toBe(atMs);
  await world.close();
});

test.each(["", " ", "x", "x".repeat(201)])("a search for %j is refused", async (q) => {
  const { world, support } = await clinic();
  const answer = await world.request("/api/devices/wearers", { ...json({ q }), cookie: support });
  expect(answer.status).toBe(400);
  await world.close();
});

test("an ID that only looks like the one asked for is told apart, and one Chinese character is enough", async () => {
  const { world, register, find } = await clinic();
  await register("李娜", null, [], "clinic-0009");
  const similar = async (q: string) =>
    (await find(q)).people.map((person) => [person.partnerUid, person.isSimilarId]);
  expect(await similar("CLINIC-0009")).toEqual([["clinic-0009", false]]);
  expect(await similar("clinic-9")).toEqual([["clinic-0009", true]]);
  expect((await find("李")).people.map(({ name }) => name)).toEqual(["李娜"]);
  for (let n = 0; n < 11; n += 1) await register(`李${n}`, null, []);
  const { people, total } = await find("李");
  expect([people.length, total]).toEqual([10, 12]);
  await world.close();
});

test("who calls by the traditional characters of a name, or by others of its sound, is perhaps the one with it", async () => {
  const { world, register, find } = await clinic();
  await register("刘洋洋", null, ["QX20000001"]);
  await register("陳麗雲", null, ["QX20000002"]);
  for (const [q, name] of [
    ["劉洋洋", "刘洋洋"],
    ["劉陽洋", "刘洋洋"],
    ["陈丽云", "陳麗雲"],
  ]) {
    const { isNear, people } = await find(q ?? "");
    expect([q, isNear, people.map((one) => one.name)]).toEqual([q, true, [name]]);
  }
  expect((await find("刘洋洋")).isNear).toBe(false);
  expect(await find("劉強東")).toMatchObject({ isNear: false, total: 0 });
  await world.close();
});
