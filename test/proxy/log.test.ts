import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { describeError } from "#proxy/log.ts";
import { createWorld, json } from "#test/support/world.ts";

test("a database error is logged without its query, its parameters and the values it quotes", () => {
  const error = Object.assign(new Error("duplicate key: Key (name)=(Li Na) already exists"), {
    code: "23505",
    query: "insert into patient values ($1)",
    parameters: ["Li Na"],
    detail: "Key (name)=(Li Na)",
  });
  const described = JSON.stringify(describeError(new Error("wrapped", { cause: error })));
  expect(described).toContain("23505");
  expect(described).not.toContain("Li Na");
  expect(described).not.toContain("insert into");
});

test("what the server logs in a day of failures names no patient and no secret", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const body = { partnerUid: "uid-secret-7", name: "Li Na", region: "CN", timeZone: "Asia/Shanghai" };
  world.sandbox.inject({ kind: "unauthorized" });
  await world.request("/api/patients", { ...json(body), cookie });
  await world.request("/api/patients/search", { ...json({ q: "Li Na", limit: "none" }), cookie });
  await world.close();
  await world.request("/api/patients", { cookie });
  const log = world.logLines.join("");
  expect(log).toContain("platform-unauthorized");
  expect(log).toContain('"internal"');
  for (const secret of ["Li Na", "uid-secret-7", cookie.split("=")[1] ?? "", "X-Signature"])
    expect(log).not.toContain(secret);
});

test.skipIf(!existsSync("/dev/full"))(
  "a log that takes nothing, such as a file on a full disk, neither ends the process nor holds it up",
  async () => {
    const script = `
    const { createLog, endOnCrash } = await import(${JSON.stringify(import.meta.resolve("#proxy/log.ts"))});
    const log = createLog("info");
    endOnCrash(log);
    for (let i = 0; i < 20000; i += 1) log.info({ text: "x".repeat(100) }, "line");
    console.error("and what others print");
    log.fatal("the end");
    setTimeout(() => console.log("goes on"), 50);`;
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", full],
    });
    closeSync(full);
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [exitCode] = await once(child, "close");
    expect([exitCode, said.trim()]).toEqual([0, "goes on"]);
  },
);

test("what was logged just before the process ended, by itself or by an error, is written in its order to a slow reader", async () => {
  const begin = `
    const { createLog, endOnCrash } = await import(${JSON.stringify(import.meta.resolve("#proxy/log.ts"))});
    const { writeSync } = await import("node:fs");
    const log = createLog("info");
    endOnCrash(log);
    process.prependListener("exit", () => writeSync(1, "ends"));
    for (let i = 0; i < 3000; i += 1) log.info({ i, text: "x".repeat(100) }, "line");`;
  for (const [end, code, last] of [
    ["process.exit(3);", 3, "line"],
    ['throw new Error("nobody caught this");', 1, "An error that nobody caught"],
  ] as const) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", `${begin}\n${end}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close");
    await once(child.stdout, "data");
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [exitCode] = await closed;
    const lines = said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { i?: number; msg: string });
    expect([exitCode, lines.at(-1)?.msg]).toEqual([code, last]);
    expect(lines.flatMap(({ i }) => i ?? [])).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  }
});
