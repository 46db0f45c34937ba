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
