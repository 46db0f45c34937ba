import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import * as csv from "#client/ui/csv.ts";
import { readPdf } from "#test/support/pdf.ts";
import { serveWorld } from "./app.tsx";

vi.mock("#client/ui/csv.ts", { spy: true });
const saveBlob = vi.mocked(csv.saveBlob);
beforeEach(() => {
  saveBlob.mockImplementation(() => {});
});

const open = serveWorld();

test("a period is saved as a file with the numbers on screen; one that is not made says so and is tried again", async () => {
  const { user, server } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByRole("region", { name: "Statistics" });
  const button = await screen.findByRole("button", { name: "PDF file" });

  server.use(http.get("*/report.pdf", () => HttpResponse.error(), { once: true }));
  await user.click(button);
  expect(await screen.findByText("The report was not made as a file")).toBeVisible();
  expect(saveBlob).not.toHaveBeenCalled();
  await user.click(button);
  await waitFor(() => expect(saveBlob).toHaveBeenCalled());
  expect(screen.queryByText("The report was not made as a file")).toBeNull();

  const [name, pdf] = saveBlob.mock.lastCall ?? [];
  expect(name).toBe("glucose-2026-11-07-to-2026-11-20.pdf");
  const { says } = await readPdf(new Uint8Array((await pdf?.arrayBuffer()) ?? []));
  const facts = screen.getByRole("region", { name: "Statistics" }).querySelectorAll("dd strong, dd small");
  const texts = [...facts].map(({ textContent }) => textContent ?? "");
  expect(texts.length).toBeGreaterThan(8);
  expect(texts.filter((text) => !says(text))).toEqual([]);
  const shares = screen.getByRole("region", { name: "Time in ranges" }).querySelectorAll("tbody td strong");
  expect([...shares].map(({ textContent }) => textContent ?? "").filter((text) => !says(text))).toEqual([]);
});
