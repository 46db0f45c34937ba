import { screen, waitFor, within } from "@testing-library/react";
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
  await user.click(screen.getByRole("link", { name: "PDF reports…" }));
  await screen.findByRole("heading", { name: "Reports as PDF" });
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
