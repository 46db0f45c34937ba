import { expect, test } from "vitest";
import { makeKey } from "#test/support/api-keys.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json } from "#test/support/world.ts";

onBothDatabases((open) => {
  test("what is revoked or turned off at one server is so at the other within a second", async () => {
    const authSecret = "one secret of both servers";
    const [here, there] = await Promise.all([open(), open()]).then(async ([first, second]) => [
      await createWorld({ database: first, authSecret }),
      await createWorld({ database: second, authSecret }),
    ]);
    if (!here || !there) throw new Error("two servers");
    const cookie = await here.signIn("administrator");
    const { key, secret } = await makeKey(here, cookie);
    const headers = { authorization: `Bearer ${secret}` };
    const status = async () => (await there.request("/api/patients/facets", { headers })).status;
    const within = { timeout: 1000, interval: 20 };
    expect(await status()).toBe(200);
    const turn = (isOn: boolean) =>
      here.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie });
    await turn(false);
    await expect.poll(status, within).toBe(403);
    await turn(true);
    await expect.poll(status, within).toBe(200);
    await here.request(`/api/keys/${key.id}`, { method: "DELETE", cookie });
    await expect.poll(status, within).toBe(401);
    const row = await there.database.db.selectFrom("api_key").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ id: key.id, last_used_at_ms: there.now(), revoked_at_ms: here.now() });
    await Promise.all([here.close(), there.close()]);
  });
});
