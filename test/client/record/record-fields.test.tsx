import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { recordFieldNames } from "#contract/patient.ts";
import {
  about,
  buildPatient,
  facetsOf,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";
import words from "#words/locales/en/domain.json" with { type: "json" };

const server = serveFaults();

test("the form of a patient's record has every field that can be changed", async () => {
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf(),
    http.get("*/api/staff/colleagues", () => HttpResponse.json({ colleagues: [] })),
    http.get("*/api/patients/p1", () => HttpResponse.json(buildPatient())),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
  );
  renderApp("/patients/p1/record");
  await screen.findByLabelText(words.field.name);
  for (const field of recordFieldNames)
    expect(screen.getAllByLabelText(words.field[field])[0], field).toBeEnabled();
});
