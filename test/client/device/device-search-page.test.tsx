import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { buildDevice, buildJourney } from "#test/support/devices.ts";
import { answer, renderDevice, signedInAs } from "./render-device.tsx";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const field = () => screen.getByRole("textbox", { name: "Serial number" });
const known = () =>
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", buildJourney()));

test("a pasted serial is cleaned, shown as it will be looked up, and found on Enter", async () => {
  known();
  const { router } = renderDevice("/devices");
  await userEvent.click(field());
  await userEvent.paste(" lt26 10\na3f7 ");
  expect(screen.getByText("LT26").parentElement).toHaveTextContent("LT2610A3F7");
  await userEvent.keyboard("{Enter}");
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F7");
  expect(await screen.findByText(/has been started on the body/)).toBeVisible();
});

test("what cannot be a serial says why, keeps what was typed and looks nothing up", async () => {
  server.use(signedInAs("support"));
  const { router } = renderDevice("/devices");
  await userEvent.type(field(), "LT#26{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("cannot contain #");
  expect(field()).toHaveValue("LT#26");
  expect(field()).toBeInvalid();
  await userEvent.clear(field());
  expect(screen.queryByRole("alert")).toBeNull();
  await userEvent.type(field(), "{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("Enter a serial number");
  await userEvent.click(field());
  await userEvent.paste("A".repeat(70));
  expect(screen.getByRole("alert")).toHaveTextContent("70 characters");
  expect(router.state.location.pathname).toBe("/devices");
});

test("an address in another spelling leads to the serial's own; one that cannot be a serial says so", async () => {
  known();
  const { router } = renderDevice("/devices/lt2610%20a3f7");
  await waitFor(() => expect(router.state.location.pathname).toBe("/devices/LT2610A3F7"));
  await router.navigate("/devices/LT%2326");
  expect(await screen.findByRole("alert")).toHaveTextContent("cannot contain #");
  expect(field()).toHaveValue("LT#26");
});

test("recent look-ups are listed with their state and can be removed", async () => {
  known();
  const { router } = renderDevice("/devices/LT2610A3F7");
  await screen.findByText(/has been started on the body/);
  await router.navigate("/devices");
  expect(await screen.findByRole("link", { name: "LT2610A3F7" })).toHaveAttribute(
    "href",
    "/devices/LT2610A3F7",
  );
  expect(screen.getByText("Activated")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Remove LT2610A3F7 from the list" }));
  expect(screen.queryByRole("link", { name: /P\d|LT/ })).toBeNull();
});
