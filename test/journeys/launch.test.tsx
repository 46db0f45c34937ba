import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http, passthrough } from "msw";
import { expect, test } from "vitest";
import { startEhrRecord } from "#test/support/ehr-record.ts";
import { json, origin } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();
const hospital = "urn:oid:1.2.3";

/** The app at an address, and a record that an administrator has named. */
async function openWithRecord(address: (baseUrl: string, launch: string) => string) {
  const record = await startEhrRecord(`${origin}/launch/return`);
  const opened = await open(address(record.baseUrl, record.launch));
  const { server, world } = opened;
  server.use(http.all(`${new URL(record.baseUrl).origin}/*`, () => passthrough()));
  const administrator = await world.signIn("administrator");
  const issuer = {
    name: "Hospital record",
    baseUrl: record.baseUrl,
    clientId: record.clientId,
    isConfidential: false,
    scopes: "launch patient/Patient.r",
    patientSystem: hospital,
    partnerSystem: null,
    frameOrigin: null,
  };
  await world.request("/api/launch-issuers", { ...json(issuer), cookie: administrator });
  const cookies = [await world.signIn("clinician")];
  let left = "";
  const forward = async (request: Request) => {
    const answer = await world.request(new URL(request.url).pathname, {
      ...json(await request.json()),
      cookie: cookies.join("; "),
    });
    cookies.push(...answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? ""));
    return answer;
  };
  server.use(
    http.post("*/api/launches", async ({ request }) => {
      const answer = (await (await forward(request)).json()) as { url?: string };
      left = answer.url ?? "";
      // The one page of a test is not left.
      return HttpResponse.json(answer.url ? { url: "#left" } : answer);
    }),
    http.post("*/api/launches/return", ({ request }) => forward(request)),
  );
  return { ...opened, record, leftFor: () => left };
}

const launchOf = (baseUrl: string) => `/launch?iss=${encodeURIComponent(baseUrl)}&launch=`;

test("who comes from a record signs in first, goes on to it, and is back on the page of its patient", async () => {
  const { user, world, router, record, leftFor } = await openWithRecord(
    (baseUrl, launch) => launchOf(baseUrl) + launch,
  );
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await waitFor(() => expect(leftFor()).not.toBe(""));
  const patient = await world.database.db
    .selectFrom("patient")
    .select(["id", "name", "hospital_number"])
    .where("hospital_number", "is not", null)
    .executeTakeFirstOrThrow();
  record.patients.set("7", {
    resourceType: "Patient",
    id: "7",
    identifier: [{ system: hospital, value: patient.hospital_number ?? "" }],
  });
  const { pathname, search } = record.authorize(leftFor());
  await router.navigate(pathname + search);
  expect(await screen.findByRole("heading", { name: new RegExp(patient.name), level: 1 })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/patients/${patient.id}`);
  // What the record sent is not left in the browser's history.
  await router.navigate("/patients");
  await router.navigate(-1);
  expect(router.state.location.search).not.toContain("code");
  await record.stop();
});

test("what comes to nothing is said with the record's name and what to do, and the trail has it in words", async () => {
  const { user, router, record, leftFor } = await openWithRecord(
    (baseUrl, launch) => launchOf(baseUrl) + launch,
  );
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await waitFor(() => expect(leftFor()).not.toBe(""));
  record.refusal = { error: "access_denied", error_description: "Not for you" };
  const { pathname, search } = record.authorize(leftFor());
  await router.navigate(pathname + search);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(
    /^Hospital record refused\..*Hospital record said: Not for you.*agree if you are asked/,
  );
  expect(screen.getByRole("link", { name: "To the list of patients" })).toHaveAttribute("href", "/patients");
  await router.navigate("/audit");
  const trail = await screen.findByRole("table", { name: /trail/i });
  const said = within(trail)
    .getAllByRole("row")
    .map(({ textContent }) => textContent);
  for (const line of [
    /Came from a health record.*from Hospital record \(127\.0\.0\.1:\d+\)/,
    /Opened the patient of a health record.*from Hospital record \(127\.0\.0\.1:\d+\): the record refused/,
    /Named a record that opens patients here.*Hospital record/,
  ])
    expect(said).toContainEqual(expect.stringMatching(line));
  await record.stop();
});

test("where nobody is found the page says what was looked for and what the record has, and does not ask to register whom it may know", async () => {
  const { user, world, router, record, leftFor } = await openWithRecord(
    (baseUrl, launch) => launchOf(baseUrl) + launch,
  );
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await waitFor(() => expect(leftFor()).not.toBe(""));
  const { hospital_number: known } = await world.database.db
    .selectFrom("patient")
    .select("hospital_number")
    .where("hospital_number", "is not", null)
    .executeTakeFirstOrThrow();
  record.patients.set("7", {
    resourceType: "Patient",
    id: "7",
    identifier: [
      { system: hospital, value: "H-99" },
      { system: "urn:oid:9.9", value: known ?? "" },
    ],
  });
  const { pathname, search } = record.authorize(leftFor());
  await router.navigate(pathname + search);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Looked for: H-99, as a number of urn:oid:1.2.3");
  expect(within(alert).getByRole("listitem")).toHaveTextContent(
    "a number of urn:oid:9.9: somebody here has this number",
  );
  expect(alert).toHaveTextContent("Do not register the patient again");
  await record.stop();
});

test.each([
  ["/launch", "This address is not complete."],
  ["/launch?iss=https%3A%2F%2Frecord.example", "This address is not complete."],
  ["/launch/return?code=x", "This address is not complete."],
  ["/launch?iss=https%3A%2F%2Frecord.example&launch=x", "This health record is not registered here."],
  ["/launch/return?code=x&state=y", "This way in has been used or has run out."],
])("an address of a launch that leads nowhere says so: %s", async (address, words) => {
  const { user, record } = await openWithRecord(() => address);
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByRole("heading", { name: "The patient was not opened" })).toBeVisible();
  await record.stop();
});

test("support is told that it sees no patients", async () => {
  const { user, record } = await openWithRecord((baseUrl, launch) => launchOf(baseUrl) + launch);
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  expect(await screen.findByText(/^Support staff|^This page is not|role/, { selector: "h1" })).toBeVisible();
  expect(record.heard).toEqual([]);
  await record.stop();
});

test("an administrator names a record, is told what is wrong, and takes it away again", async () => {
  const { user } = await open("/exchange");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  const form = within(await screen.findByRole("region", { name: "Name a record that opens patients here" }));
  const list = within(screen.getByRole("region", { name: "Records that open patients here" }));
  expect(await list.findByText(/^No record is named yet/)).toBeVisible();
  await user.type(form.getByLabelText("Name of the record"), "Hospital record");
  await user.type(form.getByLabelText("FHIR base address"), "https://record.example/fhir");
  await user.type(form.getByLabelText("Client ID"), "trendline");
  await user.type(form.getByLabelText("Origin that may frame the way in"), "https://record.example/portal");
  await user.click(form.getByRole("button", { name: "Save the record" }));
  expect(form.getByText(/^Fill in this system/)).toBeVisible();
  expect(form.getByText(/^Only https:\/\/ and the host/)).toBeVisible();
  await user.type(form.getByLabelText("System of its hospital numbers"), hospital);
  await user.clear(form.getByLabelText("Origin that may frame the way in"));
  await user.type(form.getByLabelText("Origin that may frame the way in"), "https://record.example");
  await user.click(form.getByRole("button", { name: "Save the record" }));
  expect(await list.findByText(/pages of https:\/\/record\.example may show the link/)).toBeVisible();
  expect(list.getByText(`${origin}/launch/return`)).toBeVisible();
  await user.click(list.getByRole("button", { name: "Change: Hospital record" }));
  await user.clear(list.getByLabelText("Origin that may frame the way in"));
  await user.click(list.getByRole("button", { name: "Save" }));
  expect(await list.findByText("Opens in a window of its own.")).toBeVisible();
  await user.click(list.getByRole("button", { name: "Remove it: Hospital record" }));
  await user.click(list.getByRole("button", { name: "Yes, remove it" }));
  expect(await list.findByText(/^No record is named yet/)).toBeVisible();
});
