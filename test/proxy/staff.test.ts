import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Colleagues, StaffAccount } from "#contract/staff.ts";
import { addColleague } from "#test/support/colleague.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const password = "correct horse battery";
const noor = { name: "Noor Haddad", email: "noor@clinic.example", role: "clinician", password } as const;
const second = { name: "Zoe Second", email: "zoe@clinic.example", role: "administrator", password } as const;

async function open() {
  const world = await createWorld();
  return { world, cookie: await world.signIn("administrator") };
}

const listStaff = async (world: World, cookie: string) =>
  ((await (await world.request("/api/staff", { cookie })).json()) as { staff: StaffAccount[] }).staff;

const idOf = async (world: World, cookie: string, email: string) =>
  (await listStaff(world, cookie)).find((member) => member.email === email)?.id ?? "";

const change = (world: World, cookie: string, id: string, body: object) =>
  world.request(`/api/staff/${id}`, { ...json(body), method: "PATCH", cookie });

const auditOf = async (world: World, subject: string) => {
  const rows = await world.database.db
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", subject)
    .execute();
  return rows.map(({ action, outcome }) => `${action} ${outcome}`);
};

test("everyone is listed with how they sign in and when they last did", async () => {
  const { world, cookie } = await open();
  world.advance(60_000);
  await addColleague(world, cookie, noor);
  expect(await listStaff(world, cookie)).toEqual([
    {
      id: expect.any(String),
      name: "Demo administrator",
      email: "administrator@demo.invalid",
      role: "administrator",
      active: true,
      hasPassword: false,
      hasSingleSignOn: false,
      secondFactor: false,
      lastSignInMs: world.now() - 60_000,
    },
    {
      id: expect.any(String),
      name: "Noor Haddad",
      email: "noor@clinic.example",
      role: "clinician",
      active: true,
      hasPassword: true,
      hasSingleSignOn: false,
      secondFactor: false,
      lastSignInMs: world.now(),
    },
  ]);
});

test("a changed role counts at once, in the sessions that are open too", async () => {
  const { world, cookie } = await open();
  const hers = await addColleague(world, cookie, noor);
  const id = await idOf(world, cookie, noor.email);
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(200);
  expect((await change(world, cookie, id, { role: "support" })).status).toBe(200);
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(403);
  expect(await auditOf(world, id)).toEqual(["staff.make-support ok"]);
});

test("an inactive person is out at once, cannot come back, keeps their name, and can be taken back", async () => {
  const { world, cookie } = await open();
  const hers = await addColleague(world, cookie, noor);
  const id = await idOf(world, cookie, noor.email);
  const signIn = () => world.request("/api/auth/sign-in/email", json({ email: noor.email, password }));
  const colleagues = async () =>
    (await (await world.request("/api/staff/colleagues", { cookie })).json()) as Colleagues;

  const answer = (await (await change(world, cookie, id, { active: false })).json()) as {
    staff: StaffAccount[];
  };
  expect(answer.staff.find((member) => member.id === id)).toMatchObject({ name: noor.name, active: false });
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(401);
  const refused = await signIn();
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "BANNED_USER" });
  // Whoever they gave something to still reads their name.
  const known = await colleagues();
  expect(known.colleagues.map((one) => one.id)).not.toContain(id);
  expect(known.others).toContainEqual({ id, name: "Noor Haddad", active: false });

  await change(world, cookie, id, { active: true });
  expect((await signIn()).status).toBe(200);
  expect((await colleagues()).colleagues.map((one) => one.id)).toContain(id);
  expect(await auditOf(world, id)).toEqual(["staff.deactivate ok", "sign-in failed", "staff.reactivate ok"]);
});

test("a session that slips in while its person is made inactive opens nothing", async () => {
  const { world, cookie } = await open();
  const hers = await addColleague(world, cookie, noor);
  await world.database.db
    .updateTable("user")
    .set({ banReason: "in the same moment", banned: 1 as never })
    .where("email" as never, "=", noor.email as never)
    .execute();
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(401);
});

test("somebody is signed out everywhere and can sign in again", async () => {
  const { world, cookie } = await open();
  const hers = await addColleague(world, cookie, noor);
  const id = await idOf(world, cookie, noor.email);
  await world.request(`/api/staff/${id}/sessions`, { method: "DELETE", cookie });
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(401);
  const again = await world.request("/api/auth/sign-in/email", json({ email: noor.email, password }));
  expect(again.status).toBe(200);
  expect(await auditOf(world, id)).toEqual(["staff.sign-out ok"]);
});

test.each([{ role: "support" }, { active: false }])("nobody does this to themselves: %j", async (body) => {
  const { world, cookie } = await open();
  await addColleague(world, cookie, second);
  const id = await idOf(world, cookie, "administrator@demo.invalid");
  const answer = await change(world, cookie, id, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ fields: [{ reason: "self" }] });
});

test("two administrators who take each other's role at the same moment leave one", async () => {
  const { world, cookie } = await open();
  const theirs = await addColleague(world, cookie, second);
  const one = await idOf(world, cookie, "administrator@demo.invalid");
  const two = await idOf(world, cookie, second.email);
  const answers = await Promise.all([
    change(world, cookie, two, { role: "support" }),
    change(world, theirs, one, { active: false }),
  ]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const left = await world.database.db
    .selectFrom("user")
    .select("id")
    .where("role", "=", "administrator")
    .where("banned", "is not", 1 as never)
    .execute();
  expect(left).toHaveLength(1);
});

test("an inactive person gets no link for a new password, and one they have is dead", async () => {
  const { world, cookie } = await open();
  await addColleague(world, cookie, noor);
  const id = await idOf(world, cookie, noor.email);
  const ask = () => world.request(`/api/staff/${id}/password-link`, { ...json({}), cookie });
  const { link } = (await (await ask()).json()) as { link: string };
  await change(world, cookie, id, { active: false });
  const token = new URL(link).hash.slice(1);
  expect((await world.request("/api/invitations/look", json({ token }))).status).toBe(404);
  expect((await ask()).status).toBe(400);
});

test("an inactive person's sessions and links have ended even where the row of it cannot be written", async () => {
  const { world, cookie } = await open();
  const hers = await addColleague(world, cookie, noor);
  const id = await idOf(world, cookie, noor.email);
  const made = await world.request(`/api/staff/${id}/password-link`, { ...json({}), cookie });
  const { link } = (await made.json()) as { link: string };
  await sql`create trigger refuse before insert on audit begin select raise(abort, 'no row'); end`.execute(
    world.database.db,
  );
  expect((await change(world, cookie, id, { active: false })).status).toBe(500);
  await sql`drop trigger refuse`.execute(world.database.db);
  await change(world, cookie, id, { active: true });
  const token = new URL(link).hash.slice(1);
  expect((await world.request("/api/invitations/look", json({ token }))).status).toBe(404);
  expect((await world.request("/api/patients/facets", { cookie: hers })).status).toBe(401);
});

test("nobody who is not here can be changed", async () => {
  const { world, cookie } = await open();
  expect((await change(world, cookie, "none", { role: "support" })).status).toBe(404);
});
