import { screen, waitFor, within } from "@testing-library/react";
import { http, passthrough } from "msw";
import { expect, test } from "vitest";
import { startCgmReceiver } from "#test/support/cgm-receiver.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

test("an administrator names a record and tests the way there; a patient's days are sent, once and again and again, and each entry's outcome is shown", async () => {
  const { user, world, server, router } = await open("/exchange");
  const record = await startCgmReceiver(async () => {
    const answer = await world.request("/.well-known/jwks.json");
    return (await answer.json()) as { keys: Record<string, unknown>[] };
  });
  server.use(http.all(`${new URL(record.baseUrl).origin}/*`, () => passthrough()));
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  const form = within(await screen.findByRole("region", { name: "Name a receiver" }));
  await user.type(form.getByLabelText("FHIR base address"), "http://record.example");
  await user.click(form.getByRole("button", { name: "Save the receiver" }));
  expect(form.getByLabelText("Name of the record")).toHaveFocus();
  expect(form.getByText(/^An address that begins with https/)).toBeVisible();
  await user.type(form.getByLabelText("Name of the record"), "Hospital record");
  await user.clear(form.getByLabelText("FHIR base address"));
  await user.type(form.getByLabelText("FHIR base address"), record.baseUrl);
  await user.click(form.getByRole("button", { name: "Save the receiver" }));

  const receivers = within(screen.getByRole("region", { name: "Receivers of patients’ data" }));
  await user.click(await receivers.findByRole("button", { name: "Test the connection: Hospital record" }));
  expect(await receivers.findByText("Configuration: works.")).toBeVisible();
  expect(receivers.getByText(/^Access token: The client ID is missing/)).toBeVisible();
  await user.click(receivers.getByRole("button", { name: "Change: Hospital record" }));
  await user.type(receivers.getByLabelText("Client ID"), record.clientId);
  await user.click(receivers.getByRole("button", { name: "Save" }));
  await user.click(await receivers.findByRole("button", { name: "Test the connection: Hospital record" }));
  expect(await receivers.findByText("It would take what is sent.")).toBeVisible();

  const patient = await world.database.db.selectFrom("patient").select("id").executeTakeFirstOrThrow();
  record.moods.push({ kind: "half" });
  await router.navigate(`/patients/${patient.id}/share`);
  const part = within(await screen.findByRole("region", { name: "Send to a health record" }));
  await user.click(await part.findByRole("button", { name: "Send" }));
  expect(await part.findByText(/^\d+ of \d+ entries were refused/, {}, { timeout: 20_000 })).toBeVisible();
  const refusal = /refused \(422: A value of 8\.3 mmol\/L is out of bounds\)$/;
  expect(part.getAllByText(refusal).length).toBeGreaterThan(3);
  await user.click(part.getByRole("button", { name: "Send what was refused again" }));
  expect(await part.findByText(/^Taken in full/, {}, { timeout: 20_000 })).toBeVisible();
  expect(part.queryByText(refusal)).toBeNull();

  await user.selectOptions(part.getByLabelText("How often"), "week");
  await user.click(part.getByRole("button", { name: "Send" }));
  expect(await part.findByText(/^To Hospital record, each week the last 14 whole days\./)).toBeVisible();
  await user.click(part.getByRole("button", { name: "Stop the order" }));
  await user.click(part.getByRole("button", { name: "Yes, stop it" }));
  await waitFor(() => expect(part.queryByText(/^To Hospital record/)).toBeNull());
  // What it had begun is sent all the same.
  await waitFor(() => expect(part.getAllByText(/^Taken in full/)).toHaveLength(2), { timeout: 20_000 });

  await router.navigate("/audit");
  const trail = await screen.findByRole("table", { name: /trail/i });
  const said = within(trail)
    .getAllByRole("row")
    .map(({ textContent }) => textContent);
  for (const line of [
    /Named a receiver of patients’ data.*Hospital record \(127\.0\.0\.1:\d+\)/,
    /Sent a patient’s data to a receiver.*to Hospital record \(127\.0\.0\.1:\d+\), .*: Patient 1, Device \d, Observation 8, DiagnosticReport 1/,
    /Heard what became of sending a patient’s data.*Hospital record: \d+ taken, \d+ refused/,
    /Gave a standing order to send a patient’s data.*to Hospital record, 14\sdays each time/,
  ])
    expect(said).toContainEqual(expect.stringMatching(line));
  await record.stop();
});
