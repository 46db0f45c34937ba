import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { DevicesAlike } from "#contract/device.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";
import { serveFaults } from "../app/render-app.tsx";
import {
  answer,
  answerAlike,
  noCases,
  noRecalls,
  refuse,
  renderDevice,
  signedInAs,
} from "./render-device.tsx";

const server = serveFaults();

/** The platform knows one sensor and none else. */
const knows = (known: string) => [
  signedInAs("support"),
  http.get("*/api/devices/:serial", ({ params }) =>
    params.serial === known
      ? HttpResponse.json(buildDevice({ serial: known }))
      : HttpResponse.json(
          { type: "about:blank", title: "unknown", status: 404, code: "device-unknown" },
          { status: 404, headers: { "content-type": "application/problem+json" } },
        ),
  ),
  answer("/journey", buildJourney()),
  noRecalls,
  noCases,
];

const row = (serial: string): DevicesAlike["rows"][number] => ({
  ok: true,
  serial,
  state: "activated",
  activatedAtMs: null,
  estimatedEndAtMs: null,
  endedAtMs: null,
  owner: "nobody",
});

test.each(["P225-043-056", "P225.043.056", "P225_043_056"])(
  "%s is shown as what is known without its marks, and it is said what was typed",
  async (typed) => {
    server.use(...knows("P225043056"), answerAlike([row("P225043056")]));
    const { router } = renderDevice(`/devices/${typed}`);
    expect(await screen.findByText(new RegExp(`^Typed ${typed}, shown P225043056`))).toBeVisible();
    expect(router.state.location.pathname).toBe("/devices/P225043056");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("P225043056");
  },
);

test("with marks and unknown either way it is offered what is near, and nothing is put in its place", async () => {
  server.use(
    ...knows("P225043056"),
    answerAlike([], { known: [{ serial: "P225043057", state: "ended" }], knownTotal: 1 }),
  );
  const { router } = renderDevice("/devices/P225-043-05");
  expect(await screen.findByRole("link", { name: "P225043057" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/devices/P225-043-05");
});

test.each([
  ["P22504305", "P22504305 is too short: it has 9 characters, and serial numbers here have 10."],
  ["P2250430567", "P2250430567 is too long: it has 11 characters, and serial numbers here have 10."],
  ["P-2250-43056-7", "P-2250-43056-7 is too long: it has 11 characters, and serial numbers here have 10."],
])("of %s it is said how many characters it has and should have", async (typed, words) => {
  server.use(...knows("P225043056"), answerAlike([], { length: 10 }));
  renderDevice(`/devices/${typed}`);
  expect(await screen.findByText(words)).toBeVisible();
});

test("the number of a lot that is known here is said to be one, and that more are near than are offered", async () => {
  server.use(
    ...knows("P225043056"),
    answerAlike([], {
      isLot: true,
      length: 10,
      known: [{ serial: "TL2608A1", state: "ended" }],
      knownTotal: 9,
    }),
  );
  renderDevice("/devices/TL2608A");
  expect(await screen.findByText(/^TL2608A is the number of a lot here, not of a sensor/)).toBeVisible();
  expect(document.body).not.toHaveTextContent("too short");
  expect(screen.getByText(/^8 more are nearly the same/)).toBeVisible();
});

test.each(["王秀英", "clinic-0001", "the caller says P225043057 or so", "06971234560018", "LOT TL2608A"])(
  "while %s stands refused in the field, the sensor of before is not shown; it comes back with its number",
  async (entry) => {
    server.use(...knows("P225043056"));
    renderDevice("/devices/P225043056");
    expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("P225043056");
    const field = screen.getByRole("textbox", { name: "Serial number" });
    await userEvent.clear(field);
    await userEvent.click(field);
    await userEvent.paste(entry);
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("heading", { level: 1 })).toBeNull());
    await userEvent.clear(field);
    await userEvent.paste("P225043056");
    expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("P225043056");
  },
);

test("another serial number that is being typed leaves the sensor on screen", async () => {
  server.use(...knows("P225043056"), refuse("/none", "device-unknown"));
  renderDevice("/devices/P225043056");
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("P225043056");
  const field = screen.getByRole("textbox", { name: "Serial number" });
  await userEvent.clear(field);
  await userEvent.type(field, "P225");
  expect(screen.getByRole("heading", { level: 1 })).toBeVisible();
});
