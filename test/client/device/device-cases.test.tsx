import { fireEvent, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { dayMs } from "#glucose/time.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";
import { answer, noCases, noRecalls, renderDevice, signedInAs } from "./render-device.tsx";

const server = setupServer(noCases, noRecalls);
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => {
  server.resetHandlers();
  sessionStorage.clear();
});
afterAll(() => server.close());

const { activatedAtMs } = buildDevice();
const startMs = activatedAtMs ?? 0;
const endedEarly = buildDevice({
  state: "ended",
  estimatedEndAtMs: startMs + 14 * dayMs,
  endedAtMs: startMs + 4 * dayMs,
});
const cases = { cases: [], total: 0, calls: 2, replacementOf: [] };

test.each([
  [10 * 24, "Free replacement: Yes, it ended early enough"],
  [10 * 24 + 1, "Free replacement: No, by its dates"],
])("of a sensor that ended ten days early the operator's rule of %s hours says: %s", async (hours, words) => {
  server.use(
    signedInAs("support"),
    answer("", endedEarly),
    answer("/journey", buildJourney()),
    answer("/cases", { ...cases, freeReplacementHours: hours }),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText(words)).toBeVisible();
});

test("which call this is is said before the form, the wearer's name is put in by a press, and what was typed comes back", async () => {
  const user = userEvent.setup();
  server.use(
    signedInAs("support"),
    answer("", endedEarly),
    answer("/journey", buildJourney()),
    answer("/cases", { ...cases, freeReplacementHours: null }),
  );
  const { router } = renderDevice("/devices/LT2610A3F7");
  await user.click(await screen.findByRole("button", { name: "Open a new case" }));
  expect(screen.getByText("About this sensor: Third call.")).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "It is Anna Bergström who calls" }));
  await user.type(screen.getByRole("textbox", { name: "What was said" }), "It fell off.");
  await router.navigate("/help/sensors");
  await router.navigate("/devices/LT2610A3F7");
  expect(await screen.findByRole("textbox", { name: "What was said" })).toHaveValue("It fell off.");
  expect(screen.getByRole("textbox", { name: "Caller’s name" })).toHaveValue("Anna Bergström");
  expect(await screen.findByText(/Calls about this sensor: Second call/)).toBeInTheDocument();
});

test("what the vendor has a number for is said to be reported under it, and a wearer's other sensor is named, in the ticket too", async () => {
  const reported = {
    id: "case-1",
    serial: "LT2610A3F7",
    state: "closed",
    receivedAtMs: startMs,
    changedAtMs: startMs,
    openedBy: { id: "agent-1", name: "Sam" },
    replacementSerial: "P225240118",
    vendorNumber: "V-4711",
    calls: 2,
    missing: [],
    patient: null,
  };
  server.use(
    signedInAs("support"),
    answer("", { ...endedEarly, other: { serial: "P225240118", state: "activated" } }),
    answer("/journey", buildJourney()),
    answer("/cases", { ...cases, cases: [reported], total: 1, freeReplacementHours: null }),
  );
  renderDevice("/devices/LT2610A3F7");
  const said =
    /before its time\. You wear another one already: P225240118\. It is reported to the vendor already, under the number V-4711\.$/;
  expect(await screen.findByText(said)).toBeVisible();
  expect(screen.getByText("Note this call in its case")).toBeVisible();
  expect(
    screen.getByText(/Calls about this sensor: Second call · Closed · replaced by P225240118/),
  ).toBeInTheDocument();
  expect(
    screen.getByText(/Tell the caller: The sensor ended .+ V-4711\. Next step: Note this call in its case/),
  ).toBeInTheDocument();
});

test("all that is wrong with a new case is told at once, each beside its field", async () => {
  const user = userEvent.setup();
  server.use(
    signedInAs("support"),
    answer("", endedEarly),
    answer("/journey", buildJourney()),
    answer("/cases", { ...cases, freeReplacementHours: null }),
  );
  renderDevice("/devices/LT2610A3F7");
  await user.click(await screen.findByRole("button", { name: "Open a new case" }));
  const type = (name: string, value: string) => {
    const field = screen.getByLabelText(name);
    fireEvent.change(field, { target: { value } });
    return field;
  };
  const wrong = [
    [type("Caller’s phone", "none"), "A phone number has digits."],
    [type("Caller’s name", "Han\u0007"), "After “Han” stands a character that cannot be shown."],
    [type("Complaint received", "2099-01-01T10:00"), "This lies in the future."],
    [type("Reply to the caller", "\u200b"), "This begins with a character that cannot be shown."],
    [type("Serial of the replacement", "lt2610a3f7"), "This is the sensor itself."],
    [screen.getByLabelText("What was said"), "Write what was said."],
  ] as const;
  await user.click(screen.getByRole("button", { name: "Open the case" }));
  for (const [field, words] of wrong)
    expect(field).toHaveAccessibleDescription(expect.stringContaining(words) as unknown as string);
});

test("a replacement that is bound to somebody else is said beside its field, once that is left", async () => {
  const user = userEvent.setup();
  const asked: string[] = [];
  const owner = (partnerUid: string) =>
    ({ kind: "patient", patientId: null, partnerUid, name: "Anna Bergström" }) as const;
  const uid = endedEarly.owner.kind === "patient" ? endedEarly.owner.partnerUid : "";
  server.use(
    signedInAs("support"),
    http.get("*/api/devices/:serial", ({ params: { serial } }) => {
      asked.push(String(serial));
      const others = { P225043001: owner("another"), P225043002: owner(uid) }[String(serial)];
      return HttpResponse.json(others ? buildDevice({ serial: String(serial), owner: others }) : endedEarly);
    }),
    answer("/journey", buildJourney()),
    answer("/cases", {
      ...cases,
      freeReplacementHours: null,
      replacementOf: [{ id: "one", serial: "P225043009", receivedAtMs: startMs }],
    }),
  );
  renderDevice("/devices/LT2610A3F7");
  await user.click(await screen.findByRole("button", { name: "Open a new case" }));
  expect(screen.getByRole("link", { name: /^P225043009, / })).toHaveAttribute("href", "/cases/one");
  const field = screen.getByLabelText("Serial of the replacement");
  await user.type(field, "p225043001");
  expect(field).toHaveAccessibleDescription("");
  await user.tab();
  await waitFor(() => expect(field).toHaveAccessibleDescription("P225043001 is bound to somebody else."));
  await user.clear(field);
  await user.type(field, "P225043002");
  await user.tab();
  await waitFor(() => expect(asked).toContain("P225043002"));
  expect(field).toHaveAccessibleDescription("");
  expect(new Set(asked)).toEqual(new Set(["LT2610A3F7", "P225043001", "P225043002"]));
});
