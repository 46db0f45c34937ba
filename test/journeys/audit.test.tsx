import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

async function openTrail() {
  const app = await open("/devices/P225043056");
  await app.user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findAllByText("Activated");
  await app.router.navigate("/audit");
  await screen.findByRole("heading", { level: 1, name: "Audit trail" });
  await screen.findByText("Looked up a sensor", { selector: "th span" });
  return app;
}

test("an administrator reads who did what, and that the trail is complete", async () => {
  await openTrail();
  const row = screen.getByText("Looked up a sensor", { selector: "th span" }).closest("tr");
  if (!row) throw new Error("no row");
  expect(within(row).getByText("Demo administrator")).toBeVisible();
  expect(within(row).getByRole("link", { name: "Sensor P225043056" })).toHaveAttribute(
    "href",
    "/devices/P225043056",
  );
  expect(await screen.findByText(/^Complete and unaltered since/)).toBeVisible();
});

test("a removed row is named where one verifies", async () => {
  const { world, user } = await openTrail();
  await screen.findByText(/^Complete and unaltered since/);
  world.database.sqlite?.exec("drop trigger audit_stays; delete from audit where seq = 1");
  await user.click(screen.getByRole("button", { name: "Verify now" }));
  expect(await screen.findByText("The trail is not intact: one fault")).toBeVisible();
  expect(screen.getByText("Removed: no. 1")).toBeVisible();
});

test("the trail is narrowed to one patient by name, and the address holds no name", async () => {
  const { world, user, router } = await openTrail();
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has nobody");
  const { patient } = await world.proxy.registerPatient(person);
  await router.navigate(`/patients/${patient.id}/record`);
  await screen.findByRole("heading", { level: 1 });
  await router.navigate("/audit");
  await user.type(
    await screen.findByRole("textbox", { name: "Patient or serial number" }),
    person.partnerUid,
  );
  await user.click(await screen.findByRole("option", { name: new RegExp(person.partnerUid) }));
  await screen.findByText(/^\d rows?, newest first/);
  expect(router.state.location.search).toBe(`?subject=${patient.id}`);
  expect(await screen.findByText("Opened a patient", { selector: "th span" })).toBeVisible();
  expect(screen.queryByText("Looked up a sensor", { selector: "th span" })).not.toBeInTheDocument();
});

test("the page is for administrators only", async () => {
  const { user } = await open("/audit");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();
});
