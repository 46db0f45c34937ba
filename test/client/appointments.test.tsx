import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { AppointedPatient, ResolvedLine } from "#contract/appointments.ts";
import { about, failing, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";

const server = serveFaults();

const person = (id: string, name: string): AppointedPatient => ({
  id,
  name,
  partnerUid: `clinic-${id}`,
  dateOfBirth: null,
  hospitalNumber: null,
});
const [anna, li, twin] = [person("p1", "Anna"), person("p2", "Li Na"), person("p3", "Li Na")];
const everybody = new Map([anna, li, twin].map((one) => [one.id, one]));

function serveAppointments(before: readonly AppointedPatient[], answers: Record<string, ResolvedLine>) {
  let kept = [...before];
  const sent: { ids: string[]; untilMs: number }[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("*/api/account/appointments", () => HttpResponse.json({ patients: kept })),
    http.put("*/api/account/appointments", async ({ request }) => {
      const body = (await request.json()) as (typeof sent)[number];
      sent.push(body);
      kept = body.ids.flatMap((id) => everybody.get(id) ?? []);
      return HttpResponse.json({ patients: kept });
    }),
    http.delete("*/api/account/appointments", () => {
      kept = [];
      return HttpResponse.json({ patients: kept });
    }),
    http.post("*/api/patients/resolve", async ({ request }) => {
      const { lines } = (await request.json()) as { lines: string[] };
      return HttpResponse.json({
        lines: lines.map((line) => answers[line] ?? { exact: [], like: [], areAllMeant: false }),
      });
    }),
  );
  renderApp("/appointments");
  return sent;
}
const names = (list: HTMLElement) =>
  within(list)
    .queryAllByRole("link")
    .map(({ textContent }) => textContent);

test("who is meant without doubt is taken over; two of one name are asked about, and nobody's line stays", async () => {
  const sent = serveAppointments([], {
    "clinic-p1": { exact: [anna], like: [], areAllMeant: true },
    "Li Na": { exact: [li, twin], like: [], areAllMeant: false },
  });
  const field = await screen.findByRole("textbox", { name: "Paste a list" });
  await userEvent.click(field);
  await userEvent.paste("clinic-p1\nLi Na\n\nnobody at all\n");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  expect(await screen.findByText("2 lines were not taken over")).toBeVisible();
  expect(screen.getByText("2 patients have this name: take the right one")).toBeVisible();
  expect(screen.getByText(/Nobody found\. Check the spelling/)).toBeVisible();
  expect(field).toHaveValue("Li Na\nnobody at all");
  const list = screen.getByRole("list", { name: /today/ });
  await waitFor(() => expect(names(list)).toEqual(["Anna"]));
  const right = screen.getByText("clinic-p3").closest("li") as HTMLElement;
  await userEvent.click(within(right).getByRole("button", { name: "Take" }));
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Li Na"]));
  expect(sent.at(-1)?.ids).toEqual(["p1", "p3"]);
  const leftMs = (sent.at(-1)?.untilMs ?? 0) - Date.now();
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(25 * 3_600_000);
  expect(field).toHaveValue("nobody at all");
  expect(screen.getByRole("link", { name: "Show them in the list" })).toHaveAttribute(
    "href",
    "/patients?appointments=1&sort=appointments",
  );
});

test("what cannot be looked up stays in the field", async () => {
  serveAppointments([anna], {});
  const field = await screen.findByRole("textbox", { name: "Paste a list" });
  server.use(http.post("*/api/patients/resolve", () => failing()));
  await userEvent.click(field);
  await userEvent.paste("clinic-p1");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  expect(await screen.findByText(/The lines could not be looked up/)).toBeVisible();
  expect(field).toHaveValue("clinic-p1");
});

test("one is taken out, and all are removed", async () => {
  const sent = serveAppointments([anna, li], {});
  const list = await screen.findByRole("list", { name: "2 patients today" });
  await userEvent.click(within(list).getAllByRole("button", { name: "Take out" })[0] as HTMLElement);
  await waitFor(() => expect(names(list)).toEqual(["Li Na"]));
  expect(sent.at(-1)?.ids).toEqual(["p2"]);
  await userEvent.click(screen.getByRole("button", { name: "Clear the day" }));
  expect(names(list)).toEqual(["Li Na"]);
  await userEvent.click(screen.getByRole("button", { name: "Remove 1 patient" }));
  expect(await screen.findByText("Nobody yet.")).toBeVisible();
});
