import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { saveBlob } from "#client/ui/csv.ts";
import { filesInZip } from "#test/support/zip.ts";
import { serveWorld } from "./app.tsx";

vi.mock("#client/ui/csv.ts", async (original) => ({
  ...(await original<typeof import("#client/ui/csv.ts")>()),
  saveBlob: vi.fn(),
}));

const open = serveWorld();

const savedZip = async () => {
  await waitFor(() => expect(saveBlob).toHaveBeenCalled());
  const [name, content] = vi.mocked(saveBlob).mock.lastCall ?? [];
  if (!content) throw new Error("nothing was saved");
  return { name, files: filesInZip(new Uint8Array(await content.arrayBuffer())) };
};

test("reports of a filtered list without one of them are made, downloaded and deleted", async () => {
  const { user, router } = await open("/patients?sort=name");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByText("5 patients");
  await user.click(screen.getByRole("link", { name: "Reports, readings…" }));
  await screen.findByRole("heading", { name: "Reports and readings" });
  const people = await screen.findByRole("group", { name: "Of whom: 5 of 5" });
  const names = within(people)
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent ?? "");
  await user.click(within(people).getByRole("checkbox", { name: /Marcus Johnson/ }));
  await user.click(screen.getByRole("radio", { name: "7 d" }));
  await user.click(screen.getByRole("button", { name: "Make 4 reports" }));

  await screen.findByRole("heading", { name: /^4\spatients, last\s7\sdays$/ });
  expect(router.state.location.pathname).toMatch(/^\/reports\/[\w-]+$/);
  await user.click(await screen.findByRole("button", { name: "Download one PDF each (zip)" }));
  const { name, files } = await savedZip();
  expect(name).toBe("glucose-reports-2026-11-20.zip");
  const chosen = names.filter((words) => !words.includes("Marcus Johnson"));
  expect(files).toHaveLength(4);
  for (const [index, file] of files.entries()) {
    expect(file.name).toMatch(new RegExp(`^00${index + 1} .* 2026-11-14 to 2026-11-20\\.pdf$`));
    expect(chosen[index]).toContain(file.name.slice(4).split(" ")[0]);
  }
  const rows = within(screen.getByRole("group", { name: "Patients, in this order" }));
  expect(rows.getAllByText("made")).toHaveLength(4);

  await user.click(screen.getByRole("button", { name: "Delete these reports" }));
  await user.click(screen.getByRole("button", { name: "Delete now" }));
  await screen.findByText("No reports yet.");
});

/** The form of reports and readings of the five patients of the list. */
async function openForm() {
  const opened = await open("/patients?sort=name");
  await opened.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByText("5 patients");
  await opened.user.click(screen.getByRole("link", { name: "Reports, readings…" }));
  await screen.findByRole("group", { name: "Of whom: 5 of 5" });
  return opened;
}
const saveReadings = (count: number) =>
  screen.getByRole("button", { name: `Save the readings of ${count} patients as CSV` });

test("the readings of those chosen in the list are one file, which says that it is whole", async () => {
  const { user, world } = await openForm();
  await user.click(screen.getByRole("checkbox", { name: /Marcus Johnson/ }));
  await user.click(screen.getByRole("radio", { name: "24 h" }));
  await user.click(saveReadings(4));
  const saved = await screen.findByText(/^Saved whole: 4\spatients, [\d,]+ readings\./, { selector: "p" });
  const [name, content] = vi.mocked(saveBlob).mock.lastCall ?? [];
  expect(name).toBe("glucose-readings-2026-11-20.csv");
  const lines = (await content?.text())?.trimEnd().split("\r\n") ?? [];
  expect(lines.join("\n")).not.toContain("Marcus Johnson");
  const readings = /([\d,]+) readings/.exec(saved.textContent ?? "")?.[1]?.replace(",", "");
  expect(lines.at(-1)).toMatch(new RegExp(`^complete,4 patients,${readings} readings,`));
  const rows = await world.database.db
    .selectFrom("audit")
    .select("subject")
    .where("action", "=", "patient-readings.export")
    .execute();
  expect(rows).toHaveLength(4);
});

test("of a file that breaks off nothing is saved, and the page says so; the same again is whole", async () => {
  const { user, server } = await openForm();
  vi.mocked(saveBlob).mockClear();
  server.use(
    http.post(
      "*/api/patients/readings-file",
      () =>
        new HttpResponse("\ufeffplace,name\r\n1,Anna\r\n2,Ber", { headers: { "content-type": "text/csv" } }),
      { once: true },
    ),
  );
  await user.click(screen.getByRole("radio", { name: "24 h" }));
  await user.click(saveReadings(5));
  await screen.findByText("The readings were not saved");
  expect(screen.getByText(/broke off before its end/)).toBeVisible();
  expect(saveBlob).not.toHaveBeenCalled();
  await user.click(saveReadings(5));
  await screen.findByText(/^Saved whole: 5\spatients/, { selector: "p" });
  expect(screen.queryByText("The readings were not saved")).toBeNull();
});

test("while readings come their patient is told, and cancelling saves nothing", async () => {
  const { user, server } = await openForm();
  vi.mocked(saveBlob).mockClear();
  const endless = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("place\r\n1,a\r\n2,b\r\n3,c\r\n")),
  });
  server.use(http.post("*/api/patients/readings-file", () => new HttpResponse(endless)));
  await user.click(saveReadings(5));
  await screen.findByText("Patient 3 of 5. Stay on this page until the file is saved.");
  expect(screen.getByRole("progressbar", { name: "Progress of the readings" })).toHaveValue(2);
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await screen.findByText("Cancelled: no file was saved.");
  expect(saveBlob).not.toHaveBeenCalled();
});

test("without a list the page says how to come by one", async () => {
  const { user } = await open("/reports");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByText(/To begin, open the list of patients/);
});

test("a job that is not there says why", async () => {
  const { user } = await open("/reports/none");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByText("There are no such reports");
});
