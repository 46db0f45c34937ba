import { expect, test } from "vitest";
import { type Cookie, createCookieJar } from "#demo/worker/cookie-jar.ts";

const nowMs = Date.UTC(2026, 10, 29);

const after = (lines: readonly string[], kept: readonly Cookie[] = [], atMs = nowMs) => {
  let now = nowMs;
  const jar = createCookieJar(kept, () => now);
  const headers = new Headers(lines.map((line): [string, string] => ["set-cookie", line]));
  jar.take(headers);
  now = atMs;
  return jar.header();
};

test.each([
  ["none", [], null],
  ["one", ["a=1; Path=/; HttpOnly"], "a=1"],
  ["two", ["a=1; Path=/", "b=2; Secure"], "a=1; b=2"],
  ["one that is set again", ["a=1", "a=2"], "a=2"],
  ["a value with = in it", ["a=x.y=="], "a=x.y=="],
  ["an empty value", ["a=; Path=/"], "a="],
  ["one that is taken away", ["a=1", "a=; Max-Age=0"], null],
  ["one of the past", ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], null],
  ["one of the future", ["a=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT"], "a=1"],
  [
    "one with both ends, of which Max-Age counts",
    ["a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    "a=1",
  ],
] as const)("%s", (_, lines, expected) => {
  expect(after(lines)).toBe(expected);
});

test("a cookie ends when its time is up", () => {
  expect(after(["a=1; Max-Age=60"], [], nowMs + 59_999)).toBe("a=1");
  expect(after(["a=1; Max-Age=60"], [], nowMs + 60_000)).toBeNull();
});

test("kept cookies are there again, but for those that have ended", () => {
  expect(
    after(
      [],
      [
        ["a", "1", null],
        ["b", "2", nowMs - 1],
        ["c", "3", nowMs + 1],
      ],
    ),
  ).toBe("a=1; c=3");
});
