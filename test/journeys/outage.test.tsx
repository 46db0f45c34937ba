import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

test("during an outage a longer period is awaited below a notice, and all sections of the shorter one stay meanwhile", async () => {
  const { user, server, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const days = await screen.findByRole("region", { name: "Days" });
  server.use(http.all("*/api/*", () => HttpResponse.error()));
  window.dispatchEvent(new Event("offline"));
  await screen.findByText(/No connection to the Trendline server since/);

  await user.click(screen.getByRole("radio", { name: "90 d" }));
  await waitFor(() => expect(router.state.location.search).toBe("?days=90"));
  expect(screen.getByText(/^The chosen period comes by itself .* Still shown: 7 Nov 2026/)).toBeVisible();
  expect(screen.getByRole("region", { name: "Statistics" })).toBeVisible();
  expect(screen.getByRole("region", { name: "Days" })).toBe(days);

  server.resetHandlers();
});
