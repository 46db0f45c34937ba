import { expect, test } from "vitest";
import { createWorld } from "#test/support/world.ts";

const dayMs = 24 * 3_600_000;

async function clinic() {
  const world = await createWorld();
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has nobody");
  const { id } = (await world.proxy.registerPatient(person)).patient;
  const cookie = await world.signIn("clinician");
  const read = (days: number, headers: Record<string, string> = {}) => {
    const query = `start=${world.now() - days * dayMs}&end=${world.now()}`;
    return world.request(`/api/patients/${id}/readings?${query}`, { cookie, headers });
  };
  return { ...world, id, read };
}

test("the same readings asked for a second later are the same bytes, and are not sent to a client that has them", async () => {
  const world = await clinic();
  const first = await world.read(14);
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const text = await first.text();
  world.advance(1000);
  const second = await world.read(14);
  expect([second.headers.get("etag"), await second.text()]).toEqual([etag, text]);
  const third = await world.read(14, { "if-none-match": etag });
  expect([third.status, await third.text(), third.headers.get("etag")]).toEqual([304, "", etag]);
  expect(third.headers.get("cache-control")).toBe("no-store");
  expect(world.sandbox.requests.filter(({ path }) => path.endsWith("/user/glucose"))).toHaveLength(1);
});

test("a narrower part, another encoding and a newer read have bytes of their own", async () => {
  const world = await clinic();
  const tagOf = async (days: number, encoding: string) =>
    (await world.read(days, { "accept-encoding": encoding })).headers.get("etag");
  const tags = [await tagOf(14, "br"), await tagOf(13, "br"), await tagOf(14, "gzip")];
  world.advance(61_000);
  tags.push(await tagOf(14, "br"));
  expect(new Set(tags).size).toBe(4);
});

test("a look that is answered with nothing new stands in the trail, and is refused once the session has ended", async () => {
  const world = await clinic();
  const cookie = await world.signIn("administrator");
  const path = `/api/patients/${world.id}/readings?start=${world.now() - dayMs}&end=${world.now()}`;
  const etag = (await world.read(1)).headers.get("etag") ?? "";
  const look = () => world.request(path, { cookie, headers: { "if-none-match": etag } });
  expect((await look()).status).toBe(304);
  const rows = await world.database.db
    .selectFrom("audit")
    .select("actor_role")
    .where("action", "=", "patient-readings.view")
    .execute();
  expect(rows.map(({ actor_role }) => actor_role)).toEqual(["clinician", "administrator"]);
  await world.request("/api/auth/sign-out", {
    method: "POST",
    cookie,
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect((await look()).status).toBe(401);
});
