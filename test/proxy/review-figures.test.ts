import { expect, test } from "vitest";
import { reviewFigures } from "#contract/review-figures.ts";
import { rosterPage } from "#contract/roster.ts";
import { colleagues } from "#contract/staff.ts";
import { markedPatient } from "#contract/worklist-acts.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json } from "#test/support/world.ts";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

onBothDatabases((open) => {
  test("the list tells who is open, who waits longest, and how long reviews took where that is known", async () => {
    const world = await createWorld({
      database: await open(),
      authSecret: "0123456789abcdef0123456789abcdef",
    });
    const cookie = await world.signIn("clinician");
    const send = (path: string, body?: object, method = "POST") =>
      world.request(`/api/patients/${path}`, body ? { ...json(body), method, cookie } : { cookie });
    const figures = async () => reviewFigures.parse(await (await send("review-figures")).json());
    const page = async () =>
      rosterPage.parse(await (await send("search", { sort: "who-first", limit: 200 })).json());
    const before = await figures();
    const quiet = {
      partnerUid: "figures-1",
      name: "Nobody looked",
      region: "SE",
      timeZone: "Europe/Stockholm",
    };
    const { patient: unseen } = await world.proxy.registerPatient(quiet);
    for (const person of world.sandbox.cohort.slice(0, 8)) {
      const { patient } = await world.proxy.registerPatient(person);
      await send(`${patient.id}/ranges`);
    }
    const registered = world.now();
    const open8 = (await page()).rows.filter(({ worklist }) => worklist?.state === "open");
    const [first, second] = open8;
    if (!first || !second) throw new Error("nobody is to be looked at");
    expect(await figures()).toEqual({
      listed: before.listed + 9,
      unread: before.unread + 1,
      reviewed: before.reviewed,
      open: before.open + open8.length,
      oldest: before.oldest ?? { sinceMs: registered, isNever: true },
      reviews: before.reviews,
      wait: before.wait,
    });

    world.advance(30 * minuteMs);
    await send(`${first.id}/review`, { seen: null });
    world.advance(20 * minuteMs);
    await send(`${second.id}/review`, { seen: null });
    // Of whom nobody has looked at there is no reason, and no time to count from.
    await send(`${unseen.id}/review`, { seen: null });
    const after = await figures();
    expect(after).toMatchObject({ reviewed: before.reviewed + 3, reviews: before.reviews + 3 });
    expect(after.wait.known).toBe(before.wait.known + 2);
    if (before.wait.known === 0) expect(after.wait.medianMinutes).toBe(30);
    expect(after.open).toBe(before.open + open8.length - 2);

    // Again without anything new: for how long there was nothing to see, nobody knows.
    await send(`${first.id}/review`, { seen: 1 });
    expect((await figures()).wait.known).toBe(after.wait.known);
    // An undone review never was.
    await send(`${second.id}/review`, { number: 1 }, "DELETE");
    expect((await figures()).wait.known).toBe(after.wait.known - 1);

    world.advance(8 * dayMs);
    expect(await figures()).toMatchObject({
      reviewed: 0,
      reviews: 0,
      wait: { known: 0, medianMinutes: null },
    });
    await world.close();
  });
});

test("what stands of one row is read for itself, of a merged record that of the whole", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const [a, b] = world.sandbox.cohort;
  if (!a || !b) throw new Error("the sandbox has no people");
  const { patient: whole } = await world.proxy.registerPatient(a);
  const { patient: part } = await world.proxy.registerPatient(b);
  const send = (path: string, body: object, method = "POST") =>
    world.request(`/api/patients/${path}`, { ...json(body), method, cookie });
  const marked = markedPatient.parse(
    await (await send(`${whole.id}/snooze`, { untilMs: null, untilWorse: true }, "PUT")).json(),
  );
  await send(`${part.id}/merged-into`, { into: whole.id }, "PUT");
  for (const { id } of [whole, part])
    expect(await (await world.request(`/api/patients/${id}/marks`, { cookie })).json()).toEqual(marked);
  await world.close();
});

test("of colleagues who cannot be handed to, it is told who is inactive", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  await world.signIn("support");
  const answer = await (await world.request("/api/staff/colleagues", { cookie })).json();
  const { others } = colleagues.parse(answer);
  expect(others.map(({ name, active }) => [name, active])).toContainEqual(["Demo support", true]);
  await world.close();
});
