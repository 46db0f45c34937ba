import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { about, renderApp, serveFaults, signedInAs } from "../app/render-app.tsx";

const server = serveFaults();

test("of a code whose separators a scanner has dropped, what may be its serial number is offered and not taken", async () => {
  server.use(
    about(),
    signedInAs("support"),
    http.get("*/api/look-ups", () => HttpResponse.json({ lists: [] })),
  );
  renderApp("/look-ups");
  const field = await screen.findByRole("textbox", { name: /^Serial numbers/ });
  await userEvent.click(field);
  await userEvent.paste("P225043057\n0106971234567890112608011727080110LOT12321P225043056");
  expect(await screen.findByText(/Perhaps it is P225043056:/)).toBeVisible();
  expect(screen.getByText("1 serial number found.")).toBeVisible();
});
