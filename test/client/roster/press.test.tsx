import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import {
  about,
  buildPatient,
  facetsOf,
  listOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();

test("a press on a patient who waits for a sensor asks for the record and for no readings", async () => {
  const asked: string[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf({ total: 1 }),
    listOf(buildPatient()),
    summaryOf({ stage: "waiting" }),
    http.get("*/api/patients/p1/readings", () => {
      asked.push("readings");
      return HttpResponse.error();
    }),
    http.get("*/api/patients/p1", () => {
      asked.push("record");
      return HttpResponse.json(buildPatient());
    }),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
  );
  renderApp("/patients");
  const link = await screen.findByRole("link", { name: "Anna Bergström" });
  expect(await screen.findByRole("cell", { name: "Waiting for a sensor" })).toBeVisible();
  const user = userEvent.setup();
  await user.pointer({ keys: "[MouseLeft>]", target: link });
  await waitFor(() => expect(asked).toEqual(["record"]));
  await user.pointer({ keys: "[/MouseLeft]", target: link });
  expect(await screen.findByRole("heading", { level: 1, name: "Anna Bergström" })).toBeVisible();
  expect(asked).toEqual(["record"]);
});
