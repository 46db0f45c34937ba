import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Role } from "#contract/staff.ts";
import {
  about,
  buildPage,
  buildPatient,
  buildRow,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";

vi.mock("#client/lookups/lookups-page.tsx", () => ({
  LookupsPage: () => (
    <>
      <h1>Look-ups</h1>
      <textarea aria-label="A field" />
    </>
  ),
}));
vi.mock("#client/patient/patient-page.tsx", () => ({ PatientPage: () => <h1>The patient</h1> }));
vi.mock("#client/patient/prefetch-patient.ts", () => ({ prefetchPatient: () => undefined }));
vi.mock("#client/device/device-page.tsx", () => ({ DevicePage: () => <h1>The sensor</h1> }));

// jsdom has no top layer.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

const server = serveFaults();
const people = [
  buildRow(),
  buildRow(buildPatient({ id: "p2", name: "Anna Berg", partnerUid: "clinic-0002" })),
];

async function open(role: Role) {
  const asked: unknown[] = [];
  server.use(
    about(),
    signedInAs(role),
    http.post("*/api/devices/wearers", () => HttpResponse.json({ people: [], total: 0 })),
    http.post("*/api/patients/search", async ({ request }) => {
      const { q } = (await request.json()) as { q: string };
      asked.push(q);
      const words = q.toLowerCase();
      return HttpResponse.json(
        buildPage(people.filter((row) => `${row.name} ${row.partnerUid}`.toLowerCase().includes(words))),
      );
    }),
  );
  const app = renderApp("/look-ups");
  await screen.findByRole("heading", { name: "Look-ups" });
  return { ...app, asked };
}

test("a slash searches from everywhere; arrows choose and Enter opens, and no name is in the address", async () => {
  const { router, asked } = await open("clinician");
  await userEvent.keyboard("/");
  const field = await screen.findByRole("combobox", { name: /Patient by name/ });
  await waitFor(() => expect(field).toHaveFocus());
  await userEvent.keyboard("anna");
  const list = screen.getByRole("listbox", { name: "Found" });
  await waitFor(() => expect(within(list).getAllByRole("option")).toHaveLength(2));
  expect(asked).toEqual(["anna"]);
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  const second = within(list).getByRole("option", { name: /Anna Berg clinic-0002/ });
  expect(second).toHaveAttribute("aria-selected", "true");
  expect(field).toHaveAttribute("aria-activedescendant", second.id);
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "The patient" })).toBeVisible();
  expect(router.state.location).toMatchObject({ pathname: "/patients/p2", search: "" });
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("of several none opens by itself; the only one does, though Enter comes before the answer", async () => {
  const { router } = await open("clinician");
  await userEvent.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox");
  await waitFor(() => expect(field).toHaveFocus());
  await userEvent.keyboard("anna{Enter}");
  await waitFor(() => expect(screen.getAllByRole("option")[0]).toHaveAttribute("aria-selected", "true"));
  expect(router.state.location.pathname).toBe("/look-ups");
  await userEvent.keyboard(" bergst{Enter}");
  expect(await screen.findByRole("heading", { name: "The patient" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/patients/p1");
});

test("Enter opens the first that is shown, with no arrow before", async () => {
  const { router } = await open("clinician");
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.type(await screen.findByRole("combobox"), "clinic-000");
  await screen.findByRole("option", { name: /Anna Bergström/ });
  expect(screen.getAllByRole("option")).toHaveLength(3);
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "The patient" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/patients/p1");
});

test("an ID typed to the letter opens though Enter comes before the answer and a sensor might be meant", async () => {
  const { router } = await open("clinician");
  people.push(buildRow(buildPatient({ id: "p3", name: "Bo", partnerUid: "clinic-00020" })));
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.type(await screen.findByRole("combobox"), "CLINIC-0002{Enter}");
  expect(await screen.findByRole("heading", { name: "The patient" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/patients/p2");
  people.pop();
});

test("a date is offered as no serial number", async () => {
  await open("clinician");
  await userEvent.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox");
  await userEvent.type(field, "12.05.1949");
  expect(await screen.findByText(/^Nobody/)).toBeVisible();
  expect(screen.queryByRole("option")).toBeNull();
  await userEvent.clear(field);
  await userEvent.type(field, "12.05.194");
  expect(await screen.findByRole("option", { name: "Sensor 12.05.194" })).toBeVisible();
});

test("not while one types; Escape gives the focus back, and nothing that was typed is kept", async () => {
  await open("clinician");
  const area = screen.getByRole("textbox", { name: "A field" });
  await userEvent.click(area);
  await userEvent.keyboard("a/b");
  expect(area).toHaveValue("a/b");
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.type(await screen.findByRole("combobox"), "anna");
  await screen.findAllByRole("option");
  screen.getByRole("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(area).toHaveFocus());
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(await screen.findByRole("combobox")).toHaveValue("");
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain("anna");
});

test("support finds a sensor by its serial number and is asked for no patient", async () => {
  const { router, asked } = await open("support");
  await userEvent.keyboard("/");
  await userEvent.type(
    await screen.findByRole("combobox", { name: "Sensor by serial number or by who calls" }),
    "p225043056",
  );
  expect(screen.getByRole("option", { name: "Sensor P225043056" })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "The sensor" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/devices/P225043056");
  expect(asked).toEqual([]);
});

test("support goes on from a name to who calls, with the name in no address", async () => {
  const { router, asked } = await open("support");
  await userEvent.keyboard("/");
  await userEvent.type(await screen.findByRole("combobox"), "anna berg");
  expect(screen.getAllByRole("option")).toEqual([
    screen.getByRole("option", { name: "Who calls: anna berg" }),
  ]);
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/devices"));
  expect(router.state.location).toMatchObject({ search: "", state: { person: "anna berg" } });
  expect(asked).toEqual([]);
});
