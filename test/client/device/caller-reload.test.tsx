import { screen, waitFor } from "@testing-library/react";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderDevice, signedInAs } from "./render-device.tsx";

// Whoever was asked for would be an error: no answer is here.
const server = setupServer(signedInAs("support"));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

test("of a page that is loaded again nothing of the caller before is left", async () => {
  const { router } = renderDevice({ pathname: "/devices", state: { person: "李娜" } });
  expect(await screen.findByLabelText("Who calls")).toHaveValue("");
  await waitFor(() => expect(router.state.location.state).toBeNull());
  expect(screen.queryByText("The search for people failed")).toBeNull();
});
