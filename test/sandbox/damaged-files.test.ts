import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stateFileIn, usersFileIn } from "#sandbox/open.ts";
import { machine } from "./machine.ts";
import { someDayMs } from "./partner.ts";

const secondMs = 1000;
const info = { path: "/partner/v1/device/info", query: { device_sn: "P225043056" } };

type State = Record<string, unknown>;
const changed = (change: (state: State) => void) => (text: string) => {
  const state = JSON.parse(text) as State;
  change(state);
  return JSON.stringify(state);
};

test.each<[what: string, damage: (text: string) => string, words: string]>([
  ["empty", () => "", "cannot be read"],
  ["cut off", (text) => text.slice(0, -20), "cannot be read"],
  ["not JSON", () => "clock: now", "cannot be read"],
  ["bytes of something else", () => "\u0000\u0001\ufffd", "cannot be read"],
  ["a list", () => "[]", "is not of this version"],
  ["null", () => "null", "is not of this version"],
  ["a number", () => "7", "is not of this version"],
  ["another program's", () => '{"name":"x","lockfileVersion":3}', "is not of this version"],
  ["of a later version", changed((state) => Object.assign(state, { version: 2 })), "is not of this version"],
  ["without a clock", changed((state) => delete state.clockMs), "is damaged"],
  ["a clock that is a text", changed((state) => Object.assign(state, { clockMs: "now" })), "is damaged"],
  ["a clock beyond all time", changed((state) => Object.assign(state, { clockMs: 1e300 })), "is damaged"],
  ["a clock of 1970", changed((state) => Object.assign(state, { clockMs: 5 })), "is damaged"],
  ["a start after its clock", changed((state) => Object.assign(state, { startMs: 5e12 })), "is damaged"],
  ["no speed", changed((state) => Object.assign(state, { speed: 0 })), "is damaged"],
  ["a speed of a million", changed((state) => Object.assign(state, { speed: 1e6 })), "is damaged"],
  ["no secret", changed((state) => Object.assign(state, { appSecret: "" })), "is damaged"],
  ["no key", changed((state) => Object.assign(state, { tokenKey: null })), "is damaged"],
  [
    "faults that are none",
    changed((state) => Object.assign(state, { faults: { active: [{}], draws: 0 } })),
    "is damaged",
  ],
  [
    "faults without draws",
    changed((state) => Object.assign(state, { faults: { active: [] } })),
    "is damaged",
  ],
])(
  "a state file that is %s is said, kept aside, and the sandbox begins without it",
  async (_what, damage, words) => {
    const here = machine();
    await here.start(60).register("new-1");
    const file = stateFileIn(here.folder);
    const damaged = damage(readFileSync(file, "utf8"));
    writeFileSync(file, damaged);
    const after = here.start();
    expect(here.said).toEqual([expect.stringContaining(words)]);
    const aside = readdirSync(here.folder).find((name) => name.includes("unreadable"));
    expect(here.said[0]).toContain(aside);
    expect(readFileSync(join(here.folder, aside ?? ""), "utf8")).toBe(damaged);
    expect(after.clock.now()).toBe(here.machineMs);
    expect((await after.device("P225043056")).data).toMatchObject({ status: 2 });
    expect(
      await after.call({
        path: "/partner/v1/user/token",
        query: { open_id: (await after.register("new-1")).openId },
      }),
    ).toMatchObject({ code: 0 });
    here.start();
    expect(here.said).toHaveLength(1);
  },
);

test("a folder in the state file's place is kept aside as well", () => {
  const here = machine();
  mkdirSync(stateFileIn(here.folder));
  expect(here.start().clock.now()).toBe(here.machineMs);
  expect(here.said).toEqual([expect.stringContaining("cannot be read")]);
});

test.each<[what: string, change: (text: string) => string]>([
  ["as it was written", (text) => text],
  ["laid out for people", (text) => JSON.stringify(JSON.parse(text), null, 2)],
  ["with a field of its own", changed((state) => Object.assign(state, { note: "for Monday" }))],
  ["with a line's end", (text) => `${text}\n`],
  ["of a speed with a fraction", changed((state) => Object.assign(state, { speed: 2.5 }))],
])("a state file %s is used", (_what, change) => {
  const here = machine();
  const shownMs = here.start(60).clock.now();
  const file = stateFileIn(here.folder);
  writeFileSync(file, change(readFileSync(file, "utf8")));
  expect(here.start().clock.now()).toBe(shownMs);
  expect(here.said).toEqual([]);
});

test("half of a state that was being written is not taken for one", () => {
  const here = machine();
  here.start(60);
  writeFileSync(`${stateFileIn(here.folder)}.new`, '{"version":1,"st');
  expect(here.start().clock.speed).toBe(60);
  expect(here.said).toEqual([]);
});

test("what cannot be kept is said once, and the sandbox goes on", async () => {
  const here = machine();
  const started = here.start();
  const { token } = await started.register("clinic-0001");
  mkdirSync(`${stateFileIn(here.folder)}.new`);
  started.sandbox.inject({ kind: "refused", count: 2 });
  expect((await started.call({ ...info, token })).code).toBe(1002);
  expect((await started.call({ ...info, token })).code).toBe(1002);
  expect((await started.call({ ...info, token })).code).toBe(0);
  expect(here.said).toEqual([expect.stringMatching(/^What is done to the sandbox is not kept: /)]);
});

test.each<[what: string, line: string]>([
  ["is cut in the middle of the file", '{"partnerUid":"new-2","reg'],
  ["is empty", ""],
  ["is a list", "[]"],
  ["is a text", '"new-2"'],
  ["lacks the open ID", '{"partnerUid":"new-2","region":"CN","registeredAtMs":5}'],
  ["has a time that is none", '{"partnerUid":"new-2","region":"CN","openId":"u","registeredAtMs":"now"}'],
])("a user whose line %s is said to be lost, the others keep their sensors", async (_what, line) => {
  const here = machine();
  const before = here.start(60);
  for (const uid of ["new-1", "new-2", "new-3"]) await before.register(uid);
  here.pass(55 * secondMs);
  const shownMs = before.clock.now();
  const shown = await before.userRecords(await before.register("new-3"), someDayMs, shownMs);
  expect(shown.length).toBeGreaterThan(10);
  const file = usersFileIn(here.folder);
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [lines[0], line, ...lines.slice(2)].join("\n"));
  const after = here.start();
  expect(here.said).toEqual([expect.stringMatching(/^1 of the 3 users .* cannot be read.*unreadable/)]);
  const again = here.start();
  expect(here.said).toHaveLength(1);
  for (const started of [after, again])
    expect(await started.userRecords(await started.register("new-3"), someDayMs, shownMs)).toEqual(shown);
});
