import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

test("support pastes a serial and sees the device's life and its data, and asks for no glucose", async () => {
  const { user, world } = await open("/");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await user.click(await screen.findByLabelText(/Serial number/));
  await user.paste(" p2250\n43056 ");
  await user.keyboard("{Enter}");
  expect((await screen.findAllByText("Activated"))[0]).toBeVisible();
  expect(await screen.findByText("王秀英")).toBeVisible();
  expect(screen.queryByRole("link", { name: "王秀英" })).not.toBeInTheDocument();
  expect(await screen.findByText(/% of what was expected/)).toBeVisible();
  const actions = await world.database.db.selectFrom("audit").select("action").execute();
  expect(actions.map(({ action }) => action)).not.toContain("device-readings.view");
});

test("support starts with whom to call, first of them who was handed over, and deals with it", async () => {
  const { user, world } = await open("/");
  const clinician = await world.signIn("clinician");
  const found = await world.request("/api/patients/search", { ...json({ q: "王秀英" }), cookie: clinician });
  const { rows } = (await found.json()) as { rows: { id: string }[] };
  await world.request(`/api/patients/${rows[0]?.id}/hand-over`, {
    ...json({ to: { role: "support" } }),
    method: "PUT",
    cookie: clinician,
  });
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Whose sensor needs a look" })).toBeVisible();
  expect(await screen.findByText(/^Handed over by Demo clinician/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Dealt with: 王秀英" }));
  // Why it was handed over is read while the answer is written.
  expect(await screen.findByRole("textbox", { name: "What was done, for the clinicians" })).toBeVisible();
  expect(screen.getByText(/^Handed over by Demo clinician/)).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Take back: 王秀英" }));
  expect(await screen.findByText(/^Handed over by Demo clinician/)).toBeVisible();
  const trail = await world.database.db.selectFrom("audit").select(["action", "details"]).execute();
  const look = trail.find(({ action }) => action === "patient-devices.view");
  expect(look?.details).toContain(rows[0]?.id);
});

test.each([
  ["a serial nobody knows", "P000000001", undefined, "No such sensor"],
  ["a refusal", "P225043060", undefined, /refuse/i],
  ["an outage", "P225043056", { kind: "outage" } as const, /cannot be reached|not reach/i],
])("%s says what it is", async (_, serial, fault, words) => {
  const { user, world } = await open(`/devices/${serial}`);
  if (fault) world.sandbox.inject(fault);
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});

test("a patient's page is not for support", async () => {
  const { user } = await open("/patients/anyone");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Not for your role" })).toBeVisible();
});

test("a list is looked up by the server: the page may be left, and colleagues find it by its name", async () => {
  const { user, world } = await open("/look-ups");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await user.click(await screen.findByLabelText("Serial numbers"));
  await user.paste("Serial number;Lot\nP225043056;L7\nP225043042;L7\nP225043060;\nnothing");
  expect(screen.getByText(/^3 serial numbers found\./)).toBeVisible();
  await user.type(screen.getByLabelText("Name of the list"), "Recall 7");
  await user.click(screen.getByRole("button", { name: "Look up" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Recall 7" })).toBeVisible();
  expect(await screen.findByText("3 of 3 done")).toBeVisible();
  expect(screen.getByText(/Not looked up: 1 unusable \(Line 5: nothing\)/)).toBeVisible();
  await user.click(screen.getByRole("link", { name: "← All lists" }));
  await user.click(await screen.findByRole("link", { name: "Recall 7" }));
  const shown = screen.findByRole("combobox", { name: "Show" });
  expect(await shown).toHaveTextContent("Refused by the platform (1)");
  await user.click(screen.getByRole("button", { name: "Remove this list" }));
  await user.click(screen.getByRole("button", { name: "Yes, remove it" }));
  expect(await screen.findByText("None yet.")).toBeVisible();
  const trail = await world.database.db.selectFrom("audit").select(["action", "actor_role"]).execute();
  for (const action of ["sensor-list.start", "sensor-list.view", "device.view", "sensor-list.remove"])
    expect(trail).toContainEqual({ action, actor_role: "support" });
});

test("who calls without a serial number is found by name, and the way back from a sensor leads to the same people", async () => {
  const { user, world, router } = await open("/");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByLabelText(/Serial number/);
  await router.navigate("/devices/P225043056");
  expect(await screen.findByText("王秀英")).toBeVisible();
  await router.navigate("/devices");
  await user.type(await screen.findByRole("textbox", { name: "Who calls" }), "wang xiuying{Enter}");
  const sensors = await screen.findByRole("list", { name: "Sensors of 王秀英" });
  expect(within(sensors).getByText("Activated")).toBeVisible();
  expect(router.state.location.search + router.state.location.pathname).toBe("/devices");
  await user.click(within(sensors).getByRole("link", { name: "P225043056" }));
  expect((await screen.findAllByText("Activated"))[0]).toBeVisible();
  await router.navigate(-1);
  expect(await screen.findByRole("list", { name: "Sensors of 王秀英" })).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Who calls" })).toHaveValue("wang xiuying");
  expect(screen.queryByRole("link", { name: "王秀英" })).not.toBeInTheDocument();
  const trail = await world.database.db.selectFrom("audit").select(["action", "details"]).execute();
  expect(trail.filter(({ action }) => action === "patient-sensors.search")).toHaveLength(1);
  expect(JSON.stringify(trail)).not.toMatch(/xiuying/i);
});

test("a letter O for a zero finds nobody, and the serial that is meant is offered, not taken", async () => {
  const { user, router } = await open("/devices");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await user.type(await screen.findByLabelText(/Serial number/), "P225O43056{Enter}");
  const offer = await screen.findByRole("link", { name: "P225043056" });
  expect(router.state.location.pathname).toBe("/devices/P225O43056");
  await user.click(offer);
  expect(await screen.findByText("王秀英")).toBeVisible();
});

test("a clinician sees all the sensors that a patient has worn, once they are opened", async () => {
  const { user, world, router } = await open("/");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("heading", { level: 1, name: "Patients" });
  const cookie = await world.signIn("clinician");
  const found = await world.request("/api/patients/search", { ...json({ q: "王秀英" }), cookie });
  const { rows } = (await found.json()) as { rows: { id: string }[] };
  await router.navigate(`/patients/${rows[0]?.id}`);
  await user.click(await screen.findByText("Show all sensors that have been seen"));
  expect(await screen.findByRole("rowheader", { name: "P225043056" })).toBeVisible();
});
