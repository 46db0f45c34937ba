import { expect, test } from "vitest";
import type { Invitation } from "#contract/invitation.ts";
import { addColleague, cookieOf, tokenOf } from "#test/support/colleague.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const noor = { name: "Noor Haddad", email: "Noor@Clinic.example", role: "clinician" } as const;
const password = "correct horse battery";
const dayMs = 24 * 3_600_000;

async function open() {
  const world = await createWorld();
  return { world, cookie: await world.signIn("administrator") };
}

const invite = async (world: World, cookie: string, who: object = noor) => {
  const answer = await world.request("/api/invitations", { ...json(who), cookie });
  const { link, invitation } = (await answer.json()) as { link: string; invitation: Invitation };
  return { status: answer.status, link, token: tokenOf(link), invitation };
};

const look = (world: World, token: string) => world.request("/api/invitations/look", json({ token }));
const accept = (world: World, token: string, chosen = password) =>
  world.request("/api/invitations/accept", json({ token, password: chosen }));
const list = async (world: World, cookie: string) =>
  ((await (await world.request("/api/invitations", { cookie })).json()) as { invitations: Invitation[] })
    .invitations;

test("a link lets the invited person choose a password, once, and signs them in with their role", async () => {
  const { world, cookie } = await open();
  const { status, link, token } = await invite(world, cookie);
  expect(status).toBe(201);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4173\/invitation#[\w-]{43}$/);
  expect(await (await look(world, token)).json()).toEqual({
    purpose: "join",
    name: "Noor Haddad",
    email: "noor@clinic.example",
    role: "clinician",
    expiresAtMs: world.now() + 7 * dayMs,
  });

  const accepted = await accept(world, token);
  expect(await accepted.json()).toEqual({ signedIn: true });
  const session = await world.request("/api/auth/get-session", { cookie: cookieOf(accepted) });
  expect(await session.json()).toMatchObject({ user: { email: "noor@clinic.example", role: "clinician" } });

  expect((await accept(world, token)).status).toBe(404);
  expect(await (await look(world, token)).json()).toMatchObject({ code: "invitation-unknown" });
  expect(await list(world, cookie)).toEqual([]);
  const signedIn = await world.request("/api/auth/sign-in/email", json({ email: noor.email, password }));
  expect(signedIn.status).toBe(200);
});

test("of two who come with the same link at once one gets in", async () => {
  const { world, cookie } = await open();
  const { token } = await invite(world, cookie);
  const answers = await Promise.all([accept(world, token), accept(world, token, `${password} too`)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
});

test("a link dies after seven days", async () => {
  const { world, cookie } = await open();
  const { token } = await invite(world, cookie);
  world.advance(7 * dayMs - 1);
  expect((await look(world, token)).status).toBe(200);
  world.advance(1);
  expect((await look(world, token)).status).toBe(404);
  expect((await accept(world, token)).status).toBe(404);
  expect(await list(world, cookie)).toEqual([]);
});

test("an open link is listed, without what opens it, and can be withdrawn", async () => {
  const { world, cookie } = await open();
  const { token, invitation } = await invite(world, cookie);
  const listed = await list(world, cookie);
  expect(listed).toEqual([invitation]);
  expect(JSON.stringify(listed)).not.toContain(token);
  const withdraw = () => world.request(`/api/invitations/${invitation.id}`, { method: "DELETE", cookie });
  expect(await (await withdraw()).json()).toEqual({ invitations: [] });
  expect((await withdraw()).status).toBe(404);
  expect((await accept(world, token)).status).toBe(404);
});

test("inviting the same address again replaces the link", async () => {
  const { world, cookie } = await open();
  const first = await invite(world, cookie);
  const second = await invite(world, cookie, { ...noor, role: "support" });
  expect((await look(world, first.token)).status).toBe(404);
  expect(await (await look(world, second.token)).json()).toMatchObject({ role: "support" });
  expect(await list(world, cookie)).toHaveLength(1);
});

test("somebody who is here already is not invited", async () => {
  const { world, cookie } = await open();
  await addColleague(world, cookie, { ...noor, password });
  const answer = await world.request("/api/invitations", { ...json(noor), cookie });
  expect(await answer.json()).toMatchObject({ fields: [{ field: "email", reason: "taken" }] });
});

test("a password that is too short, or the e-mail address, does not use the link up", async () => {
  const { world, cookie } = await open();
  const { token } = await invite(world, cookie);
  expect(await (await accept(world, token, "short")).json()).toMatchObject({
    fields: [{ field: "password", reason: "too-short" }],
  });
  expect(await (await accept(world, token, "noor@clinic.example")).json()).toMatchObject({
    fields: [{ field: "password", reason: "is-address" }],
  });
  expect((await accept(world, token)).status).toBe(200);
});

test("a database that fails while somebody joins leaves the link working", async () => {
  const { world, cookie } = await open();
  const { token } = await invite(world, cookie);
  const { db } = world.database;
  await db.schema.alterTable("account").renameTo("account_away").execute();
  expect((await accept(world, token)).status).toBe(500);
  await db.schema.alterTable("account_away").renameTo("account").execute();
  expect(await (await accept(world, token)).json()).toEqual({ signedIn: true });
});

test("what opens a link is neither in the database nor in the log nor in the audit trail", async () => {
  const { world, cookie } = await open();
  const { token } = await invite(world, cookie);
  await look(world, "not-a-token");
  const kept = await world.database.db.selectFrom("invitation").selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain(token);
  await accept(world, token);
  const audit = await world.database.db.selectFrom("audit").selectAll().execute();
  expect(JSON.stringify(audit) + world.logLines.join("")).not.toContain(token);
  expect(audit).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: "invitation.create", subject: "noor@clinic.example" }),
      expect.objectContaining({
        action: "invitation.accept",
        subject: "noor@clinic.example",
        actor_role: "clinician",
      }),
    ]),
  );
});

test("a link for a new password ends every session and the old password", async () => {
  const { world, cookie } = await open();
  const before = await addColleague(world, cookie, { ...noor, password });
  const session = await (await world.request("/api/auth/get-session", { cookie: before })).json();
  const { id } = (session as { user: { id: string } }).user;
  const made = await world.request(`/api/staff/${id}/password-link`, { ...json({}), cookie });
  const { link } = (await made.json()) as { link: string };
  expect(await (await look(world, tokenOf(link))).json()).toMatchObject({ purpose: "new-password" });

  const renewed = await accept(world, tokenOf(link), "a wholly other secret");
  expect(await renewed.json()).toEqual({ signedIn: true });
  expect((await world.request("/api/patients/facets", { cookie: before })).status).toBe(401);
  expect((await world.request("/api/patients/facets", { cookie: cookieOf(renewed) })).status).toBe(200);
  const old = await world.request("/api/auth/sign-in/email", json({ email: noor.email, password }));
  expect(old.status).toBe(401);
});

test("whoever changes their own password ends the link by which another could be chosen", async () => {
  const { world, cookie } = await open();
  const own = await addColleague(world, cookie, { ...noor, password });
  const session = await (await world.request("/api/auth/get-session", { cookie: own })).json();
  const { id } = (session as { user: { id: string } }).user;
  const made = await world.request(`/api/staff/${id}/password-link`, { ...json({}), cookie });
  const { link } = (await made.json()) as { link: string };
  const change = (typed: string) =>
    world.request("/api/account/password", {
      ...json({ password: typed, next: "a wholly other secret" }),
      method: "PUT",
      cookie: own,
    });
  expect((await change("not the password")).status).toBe(400);
  expect((await look(world, tokenOf(link))).status).toBe(200);
  expect((await change(password)).status).toBe(200);
  expect((await accept(world, tokenOf(link), "a third long secret")).status).toBe(404);
  expect(await list(world, cookie)).toEqual([]);
});
