import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { about, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";

const server = serveFaults();
const jwksUrl = "https://trendline.example/.well-known/jwks.json";

/** What is sent to be named is kept here. */
async function openExchange() {
  const sent: { receivers: unknown[]; issuers: unknown[] } = { receivers: [], issuers: [] };
  const receivers = () => HttpResponse.json({ receivers: [], jwksUrl });
  const issuers = () =>
    HttpResponse.json({
      issuers: [],
      jwksUrl,
      launchUrl: "https://l.example",
      redirectUrl: "https://r.example",
    });
  server.use(
    about(),
    signedInAs("administrator"),
    http.get("*/api/exchange", () => HttpResponse.json({ isOn: true, changedAtMs: null, changedBy: null })),
    http.get("*/api/keys", () => HttpResponse.json({ keys: [] })),
    http.get("*/api/receivers", receivers),
    http.post("*/api/receivers", async ({ request }) => {
      sent.receivers.push(await request.json());
      return receivers();
    }),
    http.get("*/api/launch-issuers", issuers),
    http.post("*/api/launch-issuers", async ({ request }) => {
      sent.issuers.push(await request.json());
      return issuers();
    }),
  );
  renderApp("/exchange");
  const formOf = async (name: RegExp) => {
    const form = (await screen.findByRole("button", { name })).closest("form");
    if (!form) throw new Error(`${name} is in no form`);
    return within(form);
  };
  return {
    sent,
    user: userEvent.setup(),
    receiver: await formOf(/save the receiver/i),
    issuer: await formOf(/save the record/i),
  };
}

test("a receiver's faults are told by the field, and what was left empty is sent as nothing", async () => {
  const { sent, user, receiver } = await openExchange();
  await user.type(receiver.getByLabelText(/^Name of the record/), "Ward record");
  const address = receiver.getByLabelText(/^FHIR base address/);
  await user.type(address, "http://record.example/fhir");
  await user.click(receiver.getByRole("button", { name: /save/i }));
  expect(address).toHaveAccessibleDescription(/begins with https/);
  expect(sent.receivers).toEqual([]);
  await user.clear(address);
  await user.type(address, "https://record.example/fhir/");
  await user.click(receiver.getByRole("button", { name: /save/i }));
  await waitFor(() => expect(sent.receivers).toHaveLength(1));
  expect(sent.receivers[0]).toMatchObject({
    name: "Ward record",
    baseUrl: "https://record.example/fhir",
    tokenUrl: null,
    clientId: null,
    patientSystem: null,
  });
  await waitFor(() =>
    expect(
      screen.getAllByLabelText(/^Name of the record/).map((field) => (field as HTMLInputElement).value),
    ).toEqual(["", ""]),
  );
});

test("a record that opens patients needs a system of identifiers, and an origin without a path", async () => {
  const { sent, user, issuer } = await openExchange();
  await user.type(issuer.getByLabelText(/^Name of the record/), "Ward record");
  await user.type(issuer.getByLabelText(/^FHIR base address/), "https://record.example/fhir");
  await user.type(issuer.getByLabelText(/^Client ID/), "trendline");
  const [frame] = issuer.getAllByLabelText(/frame/i);
  if (!frame) throw new Error("there is no field for the frame");
  await user.type(frame, "https://record.example/page");
  await user.click(issuer.getByRole("button", { name: /save/i }));
  expect(frame).toHaveAccessibleDescription(/no path/);
  expect(issuer.getByText(/without one no patient can be found/)).toBeVisible();
  expect(sent.issuers).toEqual([]);
  await user.clear(frame);
  await user.type(issuer.getByLabelText(/hospital numbers/i), "urn:oid:1.2.3");
  await user.click(issuer.getByRole("button", { name: /save/i }));
  await waitFor(() => expect(sent.issuers).toHaveLength(1));
  expect(sent.issuers[0]).toMatchObject({
    patientSystem: "urn:oid:1.2.3",
    partnerSystem: null,
    frameOrigin: null,
    isConfidential: false,
  });
});
