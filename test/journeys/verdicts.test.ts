import { expect, test } from "vitest";
import { verdictOf } from "#client/device/verdict.ts";
import { device, deviceJourney } from "#contract/device.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** Each rule of the verdict on a sandbox device that provokes it, over the real proxy. */
const expected: [string, string, string[]][] = [
  ["P225043050", "unbound", []],
  ["P225043051", "bound", []],
  ["P225043056", "working", ["share"]],
  ["P225043057", "warming-up", []],
  ["P225043042", "ended-on-time", ["late-uploads"]],
  ["P225043043", "ended-early", []],
  ["P225043044", "ended-late", []],
  ["P225043088", "silent", []],
  ["P225043073", "patchy", ["late-uploads", "packets-lost", "new-phone"]],
  ["P225043070", "irregular", ["contradiction"]],
  ["P225043071", "ended-doubtful", ["contradiction", "after-end"]],
  ["P225043072", "ended-doubtful", ["after-end"]],
  ["P225043080", "never-sent", []],
  ["P225043081", "poor", ["packets-lost"]],
  ["P225043082", "patchy", ["packets-lost"]],
  ["P225043083", "irregular", ["sensor-silent"]],
  ["P225043084", "irregular", ["restarts"]],
  ["P225043085", "irregular", ["time-jumps", "drift"]],
  ["P225043086", "irregular", ["overdue"]],
  ["P225043087", "unknown", []],
];

async function toldOf(world: World, cookie: string, serial: string) {
  const read = async (path: string): Promise<unknown> => (await world.request(path, { cookie })).json();
  const found = device.parse(await read(`/api/devices/${serial}`));
  const journey = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
  const { headline, claims } = verdictOf(found, journey, world.now());
  return [serial, headline, claims.map(({ code }) => code)] as const;
}

test("every verdict and every claim has a sandbox device that provokes it", async () => {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("support");
  const told = await Promise.all(expected.map(([serial]) => toldOf(world, cookie, serial)));
  expect(told).toEqual(
    expected.map(([serial, headline, codes]) => [serial, headline, expect.arrayContaining(codes)]),
  );
});

test("a quirk shows at whatever hour the sandbox starts", async () => {
  const quirks = expected.filter(([serial]) => /^P22504308[1-5]$/.test(serial));
  for (let hour = 0; hour < 24; hour += 3) {
    const world = await createWorld({ startMs: Date.UTC(2026, 10, 21, hour, 17) });
    const cookie = await world.signIn("support");
    for (const [serial, headline, codes] of quirks) {
      const told = await toldOf(world, cookie, serial);
      expect([hour, ...told]).toEqual([hour, serial, headline, expect.arrayContaining(codes)]);
    }
    await world.close();
  }
});
