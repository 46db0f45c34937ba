import { expect, test } from "vitest";
import { addressOfScene, linkOf, parseScene } from "#client/stage/scene-link.ts";
import { beginning, sceneNames, sceneOf, tour } from "#client/stage/scenes.ts";
import { dayMs } from "#glucose/time.ts";

const searchOf = (address: string) => address.slice(address.indexOf("?"));

test.each(tour.map((step) => [step.name, step] as const))(
  "the address of %s opens exactly that",
  (_name, step) => {
    for (const language of [null, "en", "zh-CN"] as const) {
      const link = linkOf(step, language);
      expect(parseScene(searchOf(addressOfScene(link)))).toEqual(link);
    }
    const other = { ...linkOf(step), seed: 99, atMs: step.atMs + 60_000, isOutage: true };
    expect(parseScene(searchOf(addressOfScene(other)))).toEqual(other);
  },
);

test("from step to step the clock only goes ahead, and no step is prepared before the beginning", () => {
  let beforeMs = beginning.startMs;
  for (const step of tour) {
    expect(step.atMs).toBeGreaterThan(beforeMs);
    expect(step.atMs - (step.prepareBeforeMs ?? 0)).toBeGreaterThanOrEqual(beginning.startMs);
    beforeMs = step.atMs;
  }
  expect(beforeMs - beginning.startMs).toBeLessThan(90 * dayMs);
  expect([...new Set(tour.map(sceneOf))]).toEqual(sceneNames);
});

const good = "?v=1&scene=night-low.1&seed=1&start=2026-10-12T06:00Z&at=2026-10-15T01:50Z&fault=none";

test("an address without a scene is the list of them", () => {
  expect(parseScene("")).toBeNull();
  expect(parseScene("?")).toBeNull();
  expect(parseScene(good)).toMatchObject({ seed: 1, isOutage: false, language: null });
});

test.each<[what: string, search: string, trouble: "older" | "unclear"]>([
  ["of another version", good.replace("v=1", "v=0"), "older"],
  ["of a version to come", good.replace("v=1", "v=2&mood=dark"), "older"],
  ["of a scene that is gone", good.replace("night-low.1", "night-low.7"), "older"],
  ["without a version", good.replace("v=1&", ""), "unclear"],
  ["cut off", good.slice(0, 50), "unclear"],
  ["cut off in a date", good.slice(0, good.indexOf("T01")), "unclear"],
  ["with what no scene has", `${good}&to=https://elsewhere.example`, "unclear"],
  ["with two clocks", `${good}&at=2026-10-16T01:50Z`, "unclear"],
  ["without a seed", good.replace("seed=1", "seed="), "unclear"],
  ["with a seed of words", good.replace("seed=1", "seed=one"), "unclear"],
  ["with a seed below all", good.replace("seed=1", "seed=-1"), "unclear"],
  ["with a seed above all", good.replace("seed=1", "seed=9999999999"), "unclear"],
  ["with a seed of many digits", good.replace("seed=1", `seed=${"9".repeat(300)}`), "unclear"],
  ["before its beginning", good.replace("at=2026-10-15", "at=2026-10-11"), "unclear"],
  ["400 days after its beginning", good.replace("at=2026-10-15", "at=2027-11-15"), "unclear"],
  ["on a day that is none", good.replace("at=2026-10-15", "at=2026-02-30"), "unclear"],
  ["in the year 1970", good.replaceAll("2026", "1970"), "unclear"],
  ["in the year 9999", good.replaceAll("2026", "9999"), "unclear"],
  ["with a local time", good.replace("01:50Z", "01:50"), "unclear"],
  ["with an unknown fault", good.replace("fault=none", "fault=fire"), "unclear"],
  ["in a language there is none of", `${good}&lang=fr`, "unclear"],
  ["a script", "?<script>alert(1)</script>", "unclear"],
  ["of a megabyte", `${good}&${"x".repeat(1_000_000)}`, "unclear"],
  ["broken in its escapes", "?v=1&scene=%E0%A4%A", "older"],
])("an address %s is refused in words", (_what, search, trouble) => {
  expect(parseScene(search)).toBe(trouble);
});

test("a step that is prepared before it is shown has room for that after the beginning", () => {
  const address = "?v=1&scene=newcomer.3&seed=1&start=2026-10-30T06:00Z&at=2026-10-30T12:00Z&fault=none";
  expect(parseScene(address)).toBe("unclear");
});
