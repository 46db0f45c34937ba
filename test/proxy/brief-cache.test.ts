import { expect, test } from "vitest";
import { createBriefCaches } from "#proxy/brief-cache.ts";

test("those who ask together ask the database once; nothing, and a failure, are asked for again", async () => {
  const cache = createBriefCaches().create<{ name: string }>();
  let asked = 0;
  const find = async () => {
    asked += 1;
    return asked === 1 ? null : { name: "Ada" };
  };
  expect(await cache("ada", find)).toBeNull();
  expect(await Promise.all([cache("ada", find), cache("ada", find)])).toEqual([
    { name: "Ada" },
    { name: "Ada" },
  ]);
  expect(asked).toBe(2);
  await expect(cache("bob", () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
  expect(await cache("bob", async () => ({ name: "Bob" }))).toEqual({ name: "Bob" });
});

test("what was being found when something changed is not kept", async () => {
  const caches = createBriefCaches();
  const cache = caches.create<{ role: string }>();
  const { promise: before, resolve: answer } = Promise.withResolvers<{ role: string }>();
  const asked = cache("ada", () => before);
  caches.forget();
  answer({ role: "administrator" });
  expect(await asked).toEqual({ role: "administrator" });
  expect(await cache("ada", async () => ({ role: "support" }))).toEqual({ role: "support" });
});
