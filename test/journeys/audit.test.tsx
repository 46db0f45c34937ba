import { screen, waitFor, within } from "@testing-library/react";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { setPreferences } from "#client/preferences.ts";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

/** The trail, after a clinician has looked up a sensor and opened a patient. */
async function openTrail() {
  const app = await open("/audit");
  const { world, user } = app;
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has nobody");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  await world.request("/api/devices/P225043056", { cookie });
  await world.request(`/api/patients/${patient.id}`, { cookie });
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByRole("heading", { level: 1, name: "Audit trail" });
  await screen.findByText("Looked up a sensor", { selector: "th span" });
  return { ...app, patient };
}

test("an administrator reads who did what, and that the trail is complete", async () => {
  await openTrail();
  const row = screen.getByText("Looked up a sensor", { selector: "th span" }).closest("tr");
  if (!row) throw new Error("no row");
  expect(within(row).getByText("Demo clinician")).toBeVisible();
  expect(within(row).getByRole("link", { name: "Sensor P225043056" })).toHaveAttribute(
    "href",
    "/devices/P225043056",
  );
  expect(await screen.findByText(/^Complete and unaltered since/)).toBeVisible();
});

test("a removed row is named where one verifies", async () => {
  const { world, user } = await openTrail();
  await screen.findByText(/^Complete and unaltered since/);
  await sql`drop trigger audit_stays`.execute(world.database.db);
  await world.database.db.deleteFrom("audit").where("seq", "=", 1).execute();
  await user.click(screen.getByRole("button", { name: "Verify now" }));
  expect(await screen.findByText("The trail is not intact: one break")).toBeVisible();
  expect(screen.getByText("Removed: no. 1")).toBeVisible();
});

test("rows under a secret that is gone cannot be checked, which is told from a trail that is not intact", async () => {
  const { world, user } = await openTrail();
  await screen.findByText(/^Complete and unaltered since/);
  for (const change of [
    sql`drop trigger audit_keeps`,
    sql`update audit set mac = 'XXXXXXXX.x' where seq = (select max(seq) from audit)`,
    sql`update audit_head set mac = 'XXXXXXXX.x', seal = 'XXXXXXXX.x'`,
  ])
    await change.execute(world.database.db);
  const { seq } = await world.database.db
    .selectFrom("audit")
    .select((eb) => eb.fn.max("seq").as("seq"))
    .executeTakeFirstOrThrow();
  await user.click(screen.getByRole("button", { name: "Verify now" }));
  expect(await screen.findByText("Part of the trail cannot be checked")).toBeVisible();
  expect(screen.getByText(new RegExp(`secrets this server has: no. ${seq}\\.`))).toBeVisible();
  expect(screen.queryByText(/not intact/)).not.toBeInTheDocument();
});

test("looks, changes and refusals are told in words, in both languages", async () => {
  const { world, user, patient } = await openTrail();
  const cookie = await world.signIn("clinician");
  const end = world.now();
  const path = `/api/patients/${patient.id}`;
  await world.request(`${path}/readings?start=${end - 14 * 86_400_000}&end=${end}`, { cookie });
  const body = { tags: ["trial"], targets: "pregnancy", archived: true };
  await world.request(path, { ...json(body), method: "PATCH", cookie });
  await world.request(`${path}/readings?start=1&end=2`, { cookie: await world.signIn("support") });
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  const refused = await screen.findByText("Was refused: to see a patient's readings", {
    selector: "th span",
  });
  expect(within(refused.closest("tr") as HTMLElement).getByText(patient.name)).toBeVisible();
  expect(screen.getByText("14 days")).toBeVisible();
  expect(
    screen.getByText("targets: Most adults → Pregnancy (type 1), tags, archived: no → yes"),
  ).toBeVisible();
  setPreferences({ language: "zh-CN" });
  expect(await screen.findByText("14天")).toBeVisible();
  expect(screen.getByText("被拒绝：查看患者的葡萄糖数据", { selector: "th span" })).toBeVisible();
  setPreferences({ language: "en" });
});

test("until when somebody was put off, and to whom they were handed over, is told in words", async () => {
  const { world, user, patient } = await openTrail();
  const cookie = await world.signIn("clinician");
  const put = (part: string, body: object) =>
    world.request(`/api/patients/${patient.id}/${part}`, { ...json(body), method: "PUT", cookie });
  const untilMs = Date.UTC(2026, 10, 30);
  await put("snooze", { untilMs, untilWorse: true });
  await put("snooze", { untilMs, untilWorse: false });
  await put("snooze", { untilMs: null, untilWorse: true });
  await put("hand-over", { to: { role: "support" } });
  await put("hand-over", { to: { role: "administrator" }, words: "Please ring them." });
  const session = await (await world.request("/api/auth/get-session", { cookie })).json();
  await put("hand-over", { to: { staffId: (session as { user: { id: string } }).user.id } });
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(await screen.findByText("until 30 Nov 2026, 00:00 or until worse")).toBeVisible();
  expect(screen.getByText("until 30 Nov 2026, 00:00")).toBeVisible();
  expect(screen.getByText("until worse, without a date")).toBeVisible();
  expect(screen.getByText("to support")).toBeVisible();
  expect(screen.getByText("to administrator, with a message")).toBeVisible();
  expect(screen.queryByText(/Please ring them/)).toBeNull();
  expect(screen.getByText("to Demo clinician")).toBeVisible();
});

test("what was searched for, chosen and answered stands in words, without IDs and fingerprints", async () => {
  const { world, user, patient } = await openTrail();
  const cookie = await world.signIn("clinician");
  const send = (path: string, method: string, body: object) =>
    world.request(path, { ...json(body), method, cookie });
  await send("/api/patients/search", "POST", { q: "nobody of this name" });
  await send("/api/account/appointments", "PUT", { ids: [patient.id], untilMs: world.now() + 3_600_000 });
  await send("/api/account/ward", "PUT", { shown: { ids: [patient.id] }, named: "initials" });
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(await screen.findByText("0 found")).toBeVisible();
  expect(screen.getByText("1 patient")).toBeVisible();
  expect(screen.getByText("1 patient, named by initials")).toBeVisible();
  expect(screen.getByRole("table")).not.toHaveTextContent(/[0-9a-f]{8}-[0-9a-f]{4}-|text:/);
});

test("a page of the list says how many it showed and whom", async () => {
  const { world, user } = await openTrail();
  const cookie = await world.signIn("clinician");
  const listed = await world.request("/api/patients/search", { ...json({ limit: 2 }), cookie });
  const { total } = (await listed.json()) as { total: number };
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(await screen.findByText(`1 to ${Math.min(2, total)} of ${total}`)).toBeVisible();
  await user.click(screen.getByText("Whom it showed"));
  const shown = within(screen.getByText("Whom it showed").closest("details") as HTMLElement);
  const names = shown.getAllByRole("link").map(({ textContent }) => textContent);
  const known = await world.database.db.selectFrom("patient").select("name").execute();
  expect(names).toHaveLength(Math.min(2, total));
  expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  setPreferences({ language: "zh-CN" });
  expect(await screen.findByText(`共${total}位，第1至${Math.min(2, total)}位`)).toBeVisible();
  setPreferences({ language: "en" });
});

test("the trail is narrowed to a colleague by name", async () => {
  const { user, router } = await openTrail();
  await user.type(screen.getByPlaceholderText(/^Name, ID/), "demo clin");
  await user.click(await screen.findByRole("option", { name: "Demo clinician (colleague)", hidden: true }));
  await waitFor(() => expect(router.state.location.search).toMatch(/^\?subject=\w+$/));
  expect(await screen.findByDisplayValue("Demo clinician (colleague)")).toBeVisible();
});

test("the trail is narrowed to one patient by name, and the address holds no name", async () => {
  const { user, router, patient } = await openTrail();
  await user.type(screen.getByPlaceholderText(/^Name, ID/), patient.partnerUid);
  // jsdom lays out no list, so it takes it for hidden.
  const found = { name: `${patient.name} (${patient.partnerUid})`, hidden: true };
  await user.click(await screen.findByRole("option", found));
  await waitFor(() =>
    expect(screen.queryByText("Looked up a sensor", { selector: "th span" })).not.toBeInTheDocument(),
  );
  expect(await screen.findByText("Opened a patient", { selector: "th span" })).toBeVisible();
  expect(router.state.location.search).toBe(`?subject=${patient.id}`);
});

test("an address that asks for nonsense says so, and the field follows the address", async () => {
  const { user, router } = await open("/audit?outcome=perhaps&from=2026-13-40&action=fly&actor=nobody-here");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  expect(await screen.findByText(/no outcome “perhaps”/)).toBeVisible();
  expect(screen.getByText(/“2026-13-40” is not a day/)).toBeVisible();
  expect(await screen.findByText("No action is called “fly”.")).toBeVisible();
  expect(screen.getByText("Nobody on the staff has the ID “nobody-here”.")).toBeVisible();
  const address = () => screen.getByRole("textbox", { name: "Client address" });
  await router.navigate("/audit?address=10.0.0.1");
  await waitFor(() => expect(address()).toHaveValue("10.0.0.1"));
  await router.navigate("/audit?address=10.0.0.2");
  await waitFor(() => expect(address()).toHaveValue("10.0.0.2"));
  await router.navigate(-1);
  await waitFor(() => expect(address()).toHaveValue("10.0.0.1"));
  expect(screen.queryByText(/is not a day/)).not.toBeInTheDocument();
});

test("days the wrong way round are said to be that, and not to be nothing", async () => {
  const { user, queryClient } = await open("/audit?from=2026-11-06&to=2026-11-05");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  expect(await screen.findByText("The first day is after the last, so nothing can match.")).toBeVisible();
  expect(screen.queryByText(/something that does not exist/)).toBeNull();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByText("Nothing matches")).toBeNull();
});

test("a serial number and Enter narrow the trail to that sensor", async () => {
  const { user, router } = await openTrail();
  await user.type(screen.getByPlaceholderText(/^Name, ID/), "p225043056{Enter}");
  await waitFor(() => expect(router.state.location.search).toBe("?subject=P225043056"));
});

test("the page is for administrators only", async () => {
  const { user } = await open("/audit");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();
});
