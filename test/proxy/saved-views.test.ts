import { expect, test } from "vitest";
import { mostSavedViews, savedViews } from "#contract/saved-views.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const path = "/api/account/views";
const secret = "0123456789abcdef0123456789abcdef";

const viewsOf = async (world: World, cookie: string) =>
  savedViews.parse(await (await world.request(path, { cookie })).json()).views;

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

  test("of many that are saved at once as many are kept as may be, and one that is there can still be changed", async () => {
    const [one, two] = [
      await createWorld({ database: await open(), authSecret: secret }),
      await createWorld({ database: await open(), authSecret: secret }),
    ];
    const cookie = await one.signIn("clinician");
    const send = (world: typeof one, method: string, body: object) =>
      world.request(path, { ...json(body), method, cookie });
    for (const { name } of await viewsOf(one, cookie)) await send(one, "DELETE", { name });
    const statuses = await Promise.all(
      Array.from(
        { length: 30 },
        async (_, i) => (await send(i % 2 ? one : two, "PUT", { name: `At once ${i}`, search: "" })).status,
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(mostSavedViews);
    const kept = await viewsOf(one, cookie);
    expect(kept).toHaveLength(mostSavedViews);
    expect((await send(two, "PUT", { name: kept[0]?.name, search: "mine=1" })).status).toBe(200);
    for (const { name } of kept) expect((await send(one, "DELETE", { name })).status).toBe(200);
    await one.close();
    await two.close();
  });

  test("the trail tells one view from another without its name, what was refused, and what was not there", async () => {
    const world = await createWorld({ database: await open() });
    const cookie = await world.signIn("clinician");
    const send = async (method: string, body: object) =>
      (await world.request(path, { ...json(body), method, cookie })).status;
    const before = (await world.database.db.selectFrom("audit").select("seq").execute()).length;
    expect(await send("PUT", { name: "cafe\u0301", search: "" })).toBe(200);
    expect(await send("PUT", { name: "caf\u00e9", search: "mine=1" })).toBe(200);
    expect(
      (await viewsOf(world, cookie)).map(({ name }) => name).filter((name) => name.startsWith("caf")),
    ).toEqual(["caf\u00e9"]);
    expect(await send("DELETE", { name: "never was" })).toBe(404);
    expect(await send("DELETE", { name: "cafe\u0301" })).toBe(200);
    for (let i = 0; i < mostSavedViews; i += 1) await send("PUT", { name: `V${i}`, search: "" });
    expect(await send("PUT", { name: "Too many", search: "" })).toBe(400);
    const rows = await world.database.db
      .selectFrom("audit")
      .select(["action", "outcome", "details"])
      .where("action", "like", "view.%")
      .where("seq", ">", before)
      .orderBy("seq")
      .execute();
    const [saved, again, never, removed] = rows;
    expect([saved, again, never, removed, rows.at(-1)].map((row) => [row?.action, row?.outcome])).toEqual([
      ["view.save", "ok"],
      ["view.save", "ok"],
      ["view.remove", "failed"],
      ["view.remove", "ok"],
      ["view.save", "failed"],
    ]);
    expect(new Set([saved?.details, again?.details, removed?.details]).size).toBe(1);
    expect(never?.details).not.toBe(saved?.details);
    expect(JSON.stringify(rows)).not.toMatch(/caf|never/);
    for (let i = 0; i < mostSavedViews; i += 1) await send("DELETE", { name: `V${i}` });
    await world.close();
  });

  test("a view is the list's own query and no other address", async () => {
    const world = await createWorld({ database: await open() });
    const cookie = await world.signIn("clinician");
    const put = async (search: string) =>
      (await world.request(path, { ...json({ name: "One", search }), method: "PUT", cookie })).status;
    for (const search of ["", "mine=1&region=SE", "?sensor=ending&sort=sensor-end", "tag=%E4%B8%AD"])
      expect([search, await put(search)]).toEqual([search, 200]);
    for (const search of [
      "//evil.example/x",
      "javascript:alert(1)",
      "?x#hash",
      "mine=1#x",
      "q=Anna",
      "mine=2",
      "\u202e",
    ])
      expect([search, await put(search)]).toEqual([search, 400]);
    await world.request(path, { ...json({ name: "One" }), method: "DELETE", cookie });
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
