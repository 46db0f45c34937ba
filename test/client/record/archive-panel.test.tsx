import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { PatientChange } from "#contract/patient-change.ts";
import {
  about,
  buildPatient,
  facetsOf,
  failing,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();

test("who is refused because a record was just made a part of this one sees it, and archives both without loading the page again", async () => {
  const patient = buildPatient();
  const part = buildPatient({ id: "p2", partnerUid: "clinic-0002", mergedInto: "p1" });
  const parts: (typeof part)[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf(),
    http.get("*/api/staff/colleagues", () => HttpResponse.json({ colleagues: [] })),
    http.get("*/api/patients/p1", () => HttpResponse.json(patient)),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: parts })),
    http.patch("*/api/patients/p1", async ({ request }) => {
      const { from } = (await request.json()) as PatientChange;
      return JSON.stringify(from?.merged) === JSON.stringify(parts.map(({ id }) => id))
        ? HttpResponse.json({ ...patient, archivedAtMs: Date.now() })
        : failing({
            status: 409,
            code: "changed-meanwhile",
            fields: [{ field: "archived", reason: "changed" }],
          });
    }),
  );
  renderApp("/patients/p1/record");
  const archive = async () => {
    await userEvent.click(await screen.findByRole("button", { name: /^Archive / }));
    await userEvent.click(screen.getByRole("button", { name: "Yes, archive" }));
  };
  await screen.findByRole("button", { name: /^Archive / });
  parts.push(part);
  await archive();
  expect(await screen.findByText(/Another record was just made a part of this one/)).toBeVisible();
  expect(await screen.findByText("clinic-0002")).toBeVisible();
  await archive();
  expect(await screen.findByRole("button", { name: /out of the archive$/ })).toBeVisible();
});
