import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const compose = readFileSync(".deploy/compose.yaml", "utf8");
const dockerfile = readFileSync(".deploy/Dockerfile", "utf8");
const ignored = readFileSync(".dockerignore", "utf8").split("\n");

test("every image that is not ours is pinned to its digest", () => {
  const images = [...`${compose}\n${dockerfile}`.matchAll(/^\s*(?:image:|FROM) (\S+)/gm)].map(
    ([, image]) => image,
  );
  expect(images).toHaveLength(5);
  for (const image of images.filter((one) => one !== "trendline"))
    expect(image).toMatch(/^[\w.-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
});

test("every container goes without privileges, and has a limit of memory", () => {
  const confined = /x-confined: &confined\n((?: {2}.+\n)+)/.exec(compose)?.[1] ?? "";
  for (const line of ["no-new-privileges:true", "cap_drop: [ALL]", "pids_limit:"])
    expect(confined).toContain(line);
  // The servers, which are written once, PostgreSQL and the proxy.
  expect(compose.match(/<<: \*confined/g)).toHaveLength(3);
  expect(compose.match(/mem_limit: \d+[mg]/g)).toHaveLength(3);
  expect(compose.match(/read_only: true/g)).toHaveLength(2);
  expect(dockerfile).toMatch(/^USER node$/m);
});

const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
  (names ?? "").split(" "),
);

test("the settings that the client's own stand on are there when it is built", () => {
  const { extends: below } = JSON.parse(readFileSync("src/client/tsconfig.json", "utf8")) as {
    extends: string;
  };
  expect(copied).toContain(relative(".", join("src/client", below)));
});

test("nothing gets into the image but what it is made from", () => {
  const named = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(ignored.find((line) => !line.startsWith("#"))).toBe("*");
  expect(named.sort()).toEqual([...new Set(copied)].sort());
  expect(ignored).toContain("**/.env*");
});
