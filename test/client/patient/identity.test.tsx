import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Patient } from "#contract/patient.ts";
import {
  about,
  buildPatient,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();

async function open(change: Partial<Patient>) {
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("*/api/patients/p1", () => HttpResponse.json(buildPatient(change))),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
    http.get("*/api/patients/p1/readings", () => new Promise<never>(() => {})),
    http.get("*/api/staff/colleagues", () => HttpResponse.json({ colleagues: [], others: [] })),
    summaryOf(),
  );
  renderApp("/patients/p1");
  await screen.findByRole("heading", { name: "Anna Bergström" });
}

test("a patient's page begins with date of birth, age and hospital number", async () => {
  const inYears = new Date().getUTCFullYear() - 1980;
  await open({ dateOfBirth: "1980-01-01", hospitalNumber: "ZY 17", phone: "138 0013 8000" });
  expect(screen.getByText(`1 Jan 1980 (${inYears} years)`)).toBeVisible();
  expect(screen.getByText("Hospital number: ZY 17")).toBeVisible();
  expect(document.body).not.toHaveTextContent("8000");
});

test("of a patient from a server of before nothing more is said", async () => {
  await open({ dateOfBirth: undefined as never, hospitalNumber: undefined as never });
  expect(screen.queryByText(/Hospital number|years/)).toBeNull();
});

test("a record of gestational diabetes on targets that are not of a pregnancy says so, with the way to change them", async () => {
  await open({ diabetesType: "gestational" });
  const change = await screen.findByRole("link", { name: "Targets are not those of a pregnancy: change" });
  expect(change).toHaveAttribute("href", "#targets");
});
