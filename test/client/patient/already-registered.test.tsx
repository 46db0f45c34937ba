import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { NewPatient } from "#contract/patient-change.ts";
import {
  about,
  buildPatient,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();
const anna: NewPatient = {
  partnerUid: "clinic-0001",
  name: "Anna Bergström",
  region: "SE",
  timeZone: "Europe/Stockholm",
};

/** Registers with the ID of Anna, whom a colleague has registered meanwhile; the notice on her page. */
async function registerAgain(typed: Partial<NewPatient>): Promise<HTMLElement> {
  sessionStorage.setItem(
    "trendline-draft-onboarding",
    JSON.stringify({ owner: "clinician-1", value: { ...anna, ...typed } }),
  );
  server.use(
    about(),
    signedInAs("clinician"),
    http.post("*/api/patients/lookup", () => HttpResponse.json({ patient: null, similar: null })),
    http.post("*/api/patients", () => HttpResponse.json(buildPatient(anna), { status: 200 })),
    http.get("*/api/patients/p1", () => HttpResponse.json(buildPatient(anna))),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
    http.get("*/api/patients/p1/readings", () => new Promise<never>(() => {})),
    summaryOf(),
  );
  renderApp("/patients/new");
  await userEvent.click(await screen.findByRole("button", { name: "Register patient" }));
  await userEvent.click(await screen.findByRole("button", { name: "Yes, register" }));
  return screen.findByRole("alert");
}

test("who is registered once more as they are here is said to be here, and no more", async () => {
  expect(await registerAgain({ name: " Anna Bergström " })).toHaveTextContent(/nothing was changed\.$/);
});

test("whatever was typed for somebody who was here already, and is not so, is said", async () => {
  const notice = await registerAgain({ name: "Anna Berg", region: "NO", timeZone: "Europe/Oslo" });
  expect(notice).toHaveTextContent("You typed “Anna Berg”; this is “Anna Bergström”.");
  expect(notice).toHaveTextContent("You chose the region Norway; this patient’s is Sweden.");
  expect(notice).toHaveTextContent(
    "You chose the time zone Europe/Oslo; this patient’s is Europe/Stockholm.",
  );
});
