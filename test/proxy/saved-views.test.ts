import { expect, test } from "vitest";
import { mostSavedViews } from "#contract/saved-views.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json } from "#test/support/world.ts";

const path = "/api/account/views";

onBothDatabases((open: () => Promise<Database>) => {
  test("saved views belong to one account, one for each name, and are written into the trail", async () => {
    const world = await createWorld({ database: await open() });
    const [cookie, other] = [await world.signIn("clinician"), await world.signIn("administrator")];
    const send = (method: string, body: object, as = cookie) =>
      world.request(path, { ...json(body), method, cookie: as });
    const names = async (as: string) =>
      ((await (await world.request(path, { cookie: as })).json()) as { views: object[] }).views;

    await send("PUT", { name: " Mine ", search: "mine=1" });
    world.advance(1);
    await send("PUT", { name: "Ending", search: "sensor=ending" });
    await send("PUT", { name: "Mine", search: "mine=1&region=SE" });
    expect(await names(cookie)).toEqual([
      { name: "Mine", search: "mine=1&region=SE" },
      { name: "Ending", search: "sensor=ending" },
    ]);
    expect(await names(other)).toEqual([]);
    await send("DELETE", { name: "Mine" }, other);
    expect(await names(cookie)).toHaveLength(2);
    await send("DELETE", { name: "Mine" });
    expect(await names(cookie)).toEqual([{ name: "Ending", search: "sensor=ending" }]);
    const rows = await world.database.db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "view.%")
      .orderBy("seq")
      .execute();
    expect(rows.map(({ action }) => action)).toEqual([
      "view.save",
      "view.save",
      "view.save",
      "view.remove",
      "view.remove",
    ]);
    await world.close();
  });

  test("more views than fit, long names and odd ones are refused; support has no list to save views of", async () => {
    const world = await createWorld({ database: await open() });
    const cookie = await world.signIn("administrator");
    const put = (body: object, as = cookie) =>
      world.request(path, { ...json(body), method: "PUT", cookie: as });
    for (let i = 0; i < mostSavedViews; i += 1)
      expect((await put({ name: `View ${i}`, search: "" })).status).toBe(200);
    const refused = await put({ name: "One more", search: "" });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { code: "invalid-request", fields: [{ field: "name", reason: "too-many" }] },
    ]);
    expect((await put({ name: "View 3", search: "mine=1" })).status).toBe(200);
    for (const body of [
      { name: "x".repeat(41), search: "" },
      { name: " ", search: "" },
      { name: "a\u0000b", search: "" },
      { name: "a", search: "x".repeat(501) },
      { name: "a" },
    ])
      expect((await put(body)).status).toBe(400);
    expect((await put({ name: "a", search: "" }, await world.signIn("support"))).status).toBe(403);
    expect((await world.request(path)).status).toBe(401);
    await world.close();
  });
});
