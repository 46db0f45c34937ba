import { screen, waitFor } from "@testing-library/react";
import Papa from "papaparse";
import { expect, test, vi } from "vitest";
import { saveFile } from "#client/ui/csv.ts";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

vi.mock("#client/ui/csv.ts", async (original) => ({
  ...(await original<typeof import("#client/ui/csv.ts")>()),
  saveFile: vi.fn(),
}));

const open = serveWorld();

test("the list is saved whole, as filtered and ordered, safe for a spreadsheet, and the trail says so", async () => {
  const { user, world } = await open("/patients?sort=name");
  const clinician = await world.signIn("clinician");
  const search = async (query: object) =>
    (await (await world.request("/api/patients/search", { ...json(query), cookie: clinician })).json()) as {
      rows: { id: string; name: string }[];
      total: number;
    };
  const [someone] = (await search({})).rows;
  await world.request(`/api/patients/${someone?.id}`, {
    ...json({ name: "=HYPERLINK(1)" }),
    method: "PATCH",
    cookie: clinician,
  });
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByText("5 patients");
  await user.click(screen.getByRole("button", { name: "Save as CSV" }));
  await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
  const [name, text = ""] = vi.mocked(saveFile).mock.lastCall ?? [];
  expect(name).toMatch(/^patients-\d{4}-\d\d-\d\d\.csv$/);
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ""), {
    header: true,
    skipEmptyLines: true,
  });
  const { rows, total } = await search({ sort: "name", limit: 200 });
  expect(data).toHaveLength(total);
  expect(data.map((row) => row.name)).toEqual(
    rows.map((row) => (row.name.startsWith("=") ? `'${row.name}` : row.name)),
  );
  expect(data.map(({ place }) => Number(place))).toEqual(rows.map((_, index) => index + 1));
  await waitFor(async () => {
    const exports = world.database.db
      .selectFrom("audit")
      .select("action")
      .where("action", "=", "patients.export");
    expect(await exports.execute()).toHaveLength(1);
  });
});
