import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Device } from "#contract/device.ts";
import type { WearersFound } from "#contract/patient-sensors.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";
import {
  answer,
  answerAlike,
  noCases,
  noRecalls,
  refuse,
  renderDevice,
  signedInAs,
} from "./render-device.tsx";

const server = setupServer(noCases, noRecalls);
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

test("a name among serial numbers stands in no address and in no list, and is carried over to who calls", async () => {
  const asked: unknown[] = [];
  server.use(
    signedInAs("support"),
    http.post("*/api/devices/wearers", async ({ request }) => {
      asked.push(await request.json());
      const anna = {
        patientId: null,
        name: "Anna Bergström",
        partnerUid: "c-7",
        timeZone: "UTC",
        sensors: [],
      };
      return HttpResponse.json({ people: [anna], total: 1 });
    }),
  );
  const { router } = renderDevice("/devices");
  await userEvent.type(field(), "Anna Berg{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("A serial number has digits.");
  expect(router.state.location.pathname).toBe("/devices");
  await userEvent.click(screen.getByRole("button", { name: "Find by who calls" }));
  expect(await screen.findByText("Anna Bergström")).toBeVisible();
  expect(asked).toEqual([{ q: "Anna Berg" }]);
  expect(screen.getByDisplayValue("Anna Berg")).toHaveFocus();
  expect(field()).toHaveValue("");
  expect(router.state.location.search).toBe("");
  await userEvent.type(field(), "LT#26{Enter}");
  await waitFor(() => expect(screen.queryByText("Anna Bergström")).toBeNull());
  expect(screen.getByText(/are listed here for the next call/)).toBeVisible();
});

const wearers = (asked: unknown[], people: WearersFound["people"]) =>
  http.post("*/api/devices/wearers", async ({ request }) => {
    asked.push(await request.json());
    return HttpResponse.json({ people, total: people.length, isNear: false } satisfies WearersFound);
  });
const unknownSensor = [
  refuse("", "device-unknown", 404),
  refuse("/journey", "device-unknown", 404),
  answerAlike([]),
];

test("an ID or a phone number that is no sensor's is carried over to who calls, and leaves the address and the list", async () => {
  const asked: unknown[] = [];
  server.use(signedInAs("support"), ...unknownSensor, wearers(asked, []));
  const { router } = renderDevice("/devices");
  for (const [typed, carried] of [
    ["clinic-0031", "clinic-0031"],
    ["138 0013 8000", "13800138000"],
  ] as const) {
    await userEvent.type(field(), `${typed}{Enter}`);
    await userEvent.click(await screen.findByRole("button", { name: "Find by who calls" }));
    await waitFor(() => expect(screen.getByLabelText("Who calls")).toHaveValue(carried));
    expect(screen.getByLabelText("Who calls")).toHaveFocus();
    expect(router.state.location).toMatchObject({ pathname: "/devices", search: "" });
    await waitFor(() => expect(asked.at(-1)).toEqual({ q: carried }));
    expect(screen.getByText(/are listed here for the next call/)).toBeVisible();
  }
});

const someone = (name: string, partnerUid: string, isSimilarId = false) => ({
  patientId: null,
  name,
  partnerUid,
  isSimilarId,
  timeZone: "UTC",
  sensors: [],
});
const who = () => screen.getByLabelText("Who calls");

test("who called before is not shown to the next one, and stands there again on the way back", async () => {
  const asked: unknown[] = [];
  known();
  server.use(wearers(asked, [someone("李娜", "c-8")]));
  const { router } = renderDevice("/devices");
  await userEvent.type(who(), "李{Enter}");
  expect(await screen.findByText("李娜")).toBeVisible();
  expect(who()).toHaveValue("李");
  expect(asked).toEqual([{ q: "李" }]);
  await router.navigate("/devices", { replace: true });
  await waitFor(() => expect(screen.queryByText("李娜")).toBeNull());
  await waitFor(() => expect(who()).toHaveValue(""));
  expect(router.state.location.state).toBeNull();
  await userEvent.type(who(), "x{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("or one Chinese character");
  await userEvent.type(who(), "y{Enter}");
  expect(await screen.findByText("李娜")).toBeVisible();
  await router.navigate("/devices");
  await waitFor(() => expect(who()).toHaveValue(""));
  expect(screen.queryByText("李娜")).toBeNull();
  await router.navigate(-1);
  expect(await screen.findByText("李娜")).toBeVisible();
  await waitFor(() => expect(who()).toHaveValue("xy"));
});

test("who was found is shown for what was asked and for nothing that is typed over it", async () => {
  const asked: unknown[] = [];
  server.use(signedInAs("support"), wearers(asked, [someone("Anna Bergström", "c-7")]));
  renderDevice("/devices");
  await userEvent.type(who(), "Anna{Enter}");
  expect(await screen.findByText("Anna Bergström")).toBeVisible();
  expect(screen.getByText("1 person")).toBeVisible();
  await userEvent.type(who(), "b");
  expect(screen.queryByText("Anna Bergström")).toBeNull();
  expect(screen.queryByText("1 person")).toBeNull();
  await userEvent.type(who(), "{Backspace} ");
  expect(screen.getByText("Anna Bergström")).toBeVisible();
  server.use(http.post("*/api/devices/wearers", () => HttpResponse.error()));
  await userEvent.clear(who());
  expect(screen.queryByText("Anna Bergström")).toBeNull();
  await userEvent.type(who(), "Bo Li{Enter}");
  const failed = await screen.findByRole("button", { name: "Try again" });
  await userEvent.type(who(), "n");
  expect(failed).not.toBeInTheDocument();
  expect(asked).toEqual([{ q: "Anna" }]);
});

const typedTexts = [
  "(01)06971234560018(10)LOT7A",
  "0106971234567890112608011727080110LOT12321P225043056",
  "0106971234567890",
  "]d20106971234567890",
  "P225043056",
  "P22-5043056",
  "P225043056 P225043057",
  "Anna Berg",
  "clinic-0031",
  "LT#26",
  "",
];

test.each(typedTexts)(
  "after %j, sent or not, the next text in the field has only its own question",
  (first) => {
    server.use(signedInAs("support"));
    const shownFor = (texts: readonly string[], isSent: boolean) => {
      renderDevice("/devices");
      const form = screen.getByRole("form", { name: "Look up a sensor" });
      for (const text of texts) {
        fireEvent.change(field(), { target: { value: text } });
        if (isSent && text !== texts.at(-1) && screen.queryByText(/Will look up/) === null)
          fireEvent.submit(form);
      }
      const shown = form.textContent;
      cleanup();
      return shown;
    };
    for (const next of typedTexts.filter((text) => text !== first)) {
      const alone = shownFor([next], false);
      expect(shownFor([first, next], false)).toBe(alone);
      expect(shownFor([first, next], true)).toBe(alone);
    }
  },
);

test("an ID that is not the one typed is said to be similar", async () => {
  server.use(signedInAs("support"), wearers([], [someone("Anna", "clinic-0009", true)]));
  renderDevice("/devices");
  await userEvent.type(who(), "clinic-9{Enter}");
  expect(await screen.findByText(/^Nobody has the ID typed\. This one is similar/)).toBeVisible();
  expect(screen.getByText("A similar ID, not the one typed.")).toBeVisible();
  expect(screen.queryByText("1 person")).toBeNull();
});

test("a name in Chinese, and a number with a plus, are carried over too", async () => {
  const asked: unknown[] = [];
  server.use(signedInAs("support"), wearers(asked, []));
  renderDevice("/devices");
  for (const q of ["王秀英", "+49 171 2345678"]) {
    await userEvent.type(field(), `${q}{Enter}`);
    await userEvent.click(screen.getByRole("button", { name: "Find by who calls" }));
    await waitFor(() => expect(asked.at(-1)).toEqual({ q }));
  }
});

test("six digits that are no serial number offer the sensors here that end so, unless they are many", async () => {
  const sensorOf = (serial: string) => ({
    serial,
    state: "activated" as const,
    boundAtMs: null,
    activatedAtMs: null,
    estimatedEndAtMs: null,
    endedAtMs: null,
    lastDataAtMs: null,
    askedAtMs: null,
    isInDoubt: false,
    isRecalled: false,
  });
  const person = (serials: string[]) => ({
    patientId: null,
    name: "Anna",
    partnerUid: "c-7",
    timeZone: "UTC",
    sensors: serials.map(sensorOf),
  });
  const asked: unknown[] = [];
  server.use(signedInAs("support"), ...unknownSensor, wearers(asked, [person(["P225043056", "P225043057"])]));
  const { router } = renderDevice("/devices/043056");
  const offer = await screen.findByText("Sensors here that end so. Ask the caller for the whole number:");
  const links = within(offer.parentElement as HTMLElement).getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/devices/P225043056"]);
  expect(router.state.location.pathname).toBe("/devices/043056");
  const many = Array.from({ length: 6 }, (_, place) => `P${place}043099`);
  server.use(wearers(asked, [person(many)]));
  await router.navigate("/devices/043099");
  await waitFor(() => expect(asked).toEqual([{ q: "043056" }, { q: "043099" }]));
  await router.navigate("/devices/0430991");
  const pairs = /0 and O, 1 and I, 5 and S, 8 and B are easily mixed up\.$/;
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("0430991"));
  await waitFor(() => expect(screen.getAllByText(pairs)).toHaveLength(1));
  expect(screen.queryByText(/that end so/)).toBeNull();
  expect(asked).toHaveLength(2);
});

test("a name in an address of a sensor is not looked up", async () => {
  server.use(signedInAs("support"));
  renderDevice("/devices/OLIVERBENNETT");
  expect(await screen.findByRole("alert")).toHaveTextContent("A serial number has digits.");
  expect(await screen.findByText(/are listed here for the next call/)).toBeVisible();
});

const gs = "\u001d";
const product = "0106971234567890";
/** What the server is sent to keep of boxes. */
function keptBoxes(): unknown[] {
  const kept: unknown[] = [];
  server.use(
    http.put("*/api/devices/:serial/box", async ({ request }) => {
      const sent = (await request.json()) as Device["box"] & { replaces: boolean };
      kept.push(sent);
      const { replaces: _, ...box } = sent;
      server.use(answer("", buildDevice({ box })));
      return HttpResponse.json(box);
    }),
  );
  return kept;
}
const enter = async (text: string) => {
  await userEvent.click(field());
  await userEvent.paste(text);
  await userEvent.keyboard("{Enter}");
};

test("what a hand scanner sends is looked up by its serial, and the box stands on the page and in the ticket", async () => {
  known();
  const kept = keptBoxes();
  const { router } = renderDevice("/devices");
  await enter(`]d2${product}1126080117270801` + `10LOT123${gs}21LT2610A3F7`);
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F7");
  const box = await screen.findByRole("region", { name: "From the box" });
  expect(box).toHaveTextContent("LotLOT123");
  expect(box).toHaveTextContent("Use by1 Aug 2027");
  expect(box).toHaveTextContent("06971234567890its check digit does not fit");
  expect(screen.getByRole("region", { name: "For the ticket" })).toHaveTextContent(
    "Product (GTIN): 06971234567890 Lot: LOT123 Produced: 1 Aug 2026 Use by: 1 Aug 2027",
  );
  await router.navigate("/devices");
  await router.navigate("/devices/LT2610A3F7");
  expect(await screen.findByRole("region", { name: "From the box" })).toHaveTextContent("LOT123");
  expect(kept[0]).toEqual({
    replaces: false,
    gtin: null,
    lot: "LOT123",
    expiry: "2027-08-01",
    producedOn: "2026-08-01",
  });
});

test("a scan that contradicts what is known of a box is shown beside it, and taken or dropped by a press", async () => {
  const box = { gtin: "06971234560018", lot: "LOT1", expiry: "2027-08-01", producedOn: "2026-08-01" };
  known();
  server.use(answer("", buildDevice({ box })));
  const kept = keptBoxes();
  const { router } = renderDevice("/devices");
  await enter(`]d2${product}10LOT7A${gs}21LT2610A3F7`);
  const alert = await screen.findByText("Lot: LOT7A, not LOT1");
  expect(alert).toBeVisible();
  const shown = () => screen.getByRole("region", { name: "From the box" });
  expect(shown()).toHaveTextContent(
    "06971234567890 was scanned and is not kept: its check digit does not fit",
  );
  expect(shown()).toHaveTextContent("Product (GTIN)06971234560018");
  expect(screen.queryByText(/^Product \(GTIN\): /)).toBeNull();
  const verdict = screen.getByRole("region", { name: "Verdict" });
  expect(alert.compareDocumentPosition(verdict)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(screen.getByRole("region", { name: "For the ticket" })).toHaveTextContent(
    "The code that was scanned says something else of this box: Lot: LOT7A, not LOT1",
  );
  await userEvent.click(screen.getByRole("button", { name: "Keep" }));
  expect(screen.queryByText("Lot: LOT7A, not LOT1")).toBeNull();
  expect(kept).toEqual([]);
  await router.navigate("/devices");
  await screen.findByRole("heading", { name: "Look up a sensor" });
  await enter(`]d2${product}10LOT7A${gs}21LT2610A3F7`);
  await userEvent.click(await screen.findByRole("button", { name: "Take the new ones" }));
  await waitFor(() => expect(shown()).toHaveTextContent("LotLOT7A"));
  expect(kept).toEqual([{ replaces: true, ...box, lot: "LOT7A" }]);
});

test("a scan's question is that of its look-up: the next one without a code does not ask it", async () => {
  const box = { gtin: null, lot: "LOT1", expiry: null, producedOn: "2026-08-01" };
  known();
  server.use(answer("", buildDevice({ box })));
  const kept = keptBoxes();
  const { router } = renderDevice("/devices");
  await enter(`(01)06971234560018(10)LOT7A(21)LT2610A3F7`);
  for (const words of ["Lot: LOT7A, not LOT1", "Product (GTIN): 06971234560018, not known before"])
    expect(await screen.findByText(words)).toBeVisible();
  await router.navigate("/devices");
  await screen.findByRole("heading", { name: "Look up a sensor" });
  await enter("LT2610A3F7");
  await screen.findByRole("region", { name: "From the box" });
  expect(screen.queryByText(/says something else of this box/)).toBeNull();
  expect(kept).toEqual([]);
});

test("of dates that cannot be so neither is kept, and it is said why", async () => {
  known();
  const kept = keptBoxes();
  renderDevice("/devices");
  await enter(`(01)06971234560018(10)LOT7A(11)270801(17)260801(21)LT2610A3F7`);
  const box = await screen.findByRole("region", { name: "From the box" });
  expect(box).toHaveTextContent(
    "a use-by date before the production is impossible, so it is not kept: compare with the box",
  );
  expect(box).toHaveTextContent("a date of production in the future is impossible");
  await waitFor(() =>
    expect(kept).toEqual([
      { replaces: false, gtin: "06971234560018", lot: "LOT7A", expiry: null, producedOn: null },
    ]),
  );
});

test("lot and date of a box are corrected by hand, and the page says by whom", async () => {
  const box = { gtin: "06971234560018", lot: "LOT1", expiry: "2027-08-01", producedOn: "2026-08-01" };
  known();
  server.use(
    answer("", buildDevice({ box, boxReplaced: { byName: "Sam", atMs: Date.UTC(2026, 10, 1, 12) } })),
  );
  const kept = keptBoxes();
  const { router } = renderDevice("/devices");
  await enter(`]d2${product}10LOT1${gs}21LT2610A3F7`);
  const shown = () => screen.getByRole("region", { name: "From the box" });
  expect(await screen.findByText(/^Corrected by Sam, 1 Nov 2026/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Correct lot or date by hand" }));
  const lot = within(shown()).getByLabelText("Lot");
  await userEvent.clear(lot);
  await userEvent.type(lot, "批号");
  expect(screen.getByText("A lot has 1 to 40 letters, digits and marks.")).toBeVisible();
  await userEvent.clear(lot);
  await userEvent.type(lot, "LOT7");
  fireEvent.change(within(shown()).getByLabelText("Use by"), { target: { value: "2027-09-30" } });
  await userEvent.click(within(shown()).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(shown()).toHaveTextContent("LotLOT7"));
  expect(kept).toEqual([{ ...box, lot: "LOT7", expiry: "2027-09-30", replaces: true }]);
  expect(screen.queryByText(/says something else of this box/)).toBeNull();
  await router.navigate("/devices");
});

test("a hand scanner that presses Ctrl and ] for the separator is understood", async () => {
  known();
  keptBoxes();
  const { router } = renderDevice("/devices");
  await userEvent.type(field(), `${product}10LOT123{Control>}]{/Control}21LT2610A3F7{Enter}`);
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F7");
  expect(await screen.findByRole("region", { name: "From the box" })).toHaveTextContent("LotLOT123");
});

test("a code without a serial says so, and nothing of it is looked up", async () => {
  server.use(signedInAs("support"));
  const { router } = renderDevice("/devices");
  await enter("(01)06971234567890(10)LOT123");
  expect(screen.getByRole("alert")).toHaveTextContent(
    "This code names the product and the lot, not a serial number",
  );
  await userEvent.clear(field());
  await enter("https://vendor.example/instructions");
  expect(screen.getByRole("alert")).toHaveTextContent("names no serial number");
  await userEvent.clear(field());
  await enter(product);
  expect(screen.getByRole("alert")).toHaveTextContent(
    "This is the product code of the box (GTIN), not a serial number",
  );
  expect(
    screen.getByRole("button", { name: `Look up ${product} as a serial number all the same` }),
  ).toBeVisible();
  expect(router.state.location.pathname).toBe("/devices");
});

test("what a colleague has scanned from the box stands there too", async () => {
  const box = { gtin: null, lot: "LOT9", expiry: "2020-01-01", producedOn: null };
  server.use(signedInAs("support"), answer("", buildDevice({ box })), answer("/journey", buildJourney()));
  renderDevice("/devices/LT2610A3F7");
  const facts = await screen.findByRole("region", { name: "From the box" });
  expect(facts).toHaveTextContent("LotLOT9Use by1 Jan 2020this date has passed");
});

test("an ID or a phone number of a person is not looked up as a serial, but offered to the search for people", async () => {
  known();
  const { router } = renderDevice("/devices");
  for (const person of ["clinic-0001", "+8613800000000"]) {
    await userEvent.clear(field());
    await enter(person);
    expect(router.state.location.pathname).toBe("/devices");
    expect(screen.getByRole("alert")).toHaveTextContent("ID or phone number of a person");
    expect(screen.getByRole("button", { name: "Find by who calls" })).toBeVisible();
  }
});

test("a serial in groups is offered without its hyphens", async () => {
  known();
  const { router } = renderDevice("/devices");
  await userEvent.type(field(), "LT26-10A-3F7");
  await userEvent.click(screen.getByRole("button", { name: "Look up LT2610A3F7, found in it" }));
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F7");
});

test("of two serials in one paste one is chosen", async () => {
  known();
  const { router } = renderDevice("/devices");
  await enter("LT2610A3F7 LT2610A3F8");
  expect(screen.getByRole("alert")).toHaveTextContent("2 serial numbers stand in it");
  expect(router.state.location.pathname).toBe("/devices");
  await userEvent.click(screen.getByRole("button", { name: /LT2610A3F8/ }));
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F8");
});

test("where the scanner drops the separators the serial is offered with its box, not taken", async () => {
  known();
  keptBoxes();
  const { router } = renderDevice("/devices");
  await enter(`${product}10LOT12321LT2610A3F7`);
  expect(router.state.location.pathname).toBe("/devices");
  expect(screen.getByRole("alert")).toHaveTextContent("uncertain where the serial number begins");
  await userEvent.click(screen.getByRole("button", { name: "Look up LT2610A3F7, found in it" }));
  expect(router.state.location.pathname).toBe("/devices/LT2610A3F7");
  expect(await screen.findByRole("region", { name: "From the box" })).toHaveTextContent("LotLOT123");
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

test("letters of another alphabet and a sentence are offered, and nothing is looked up before somebody chooses", async () => {
  known();
  const { router } = renderDevice("/devices");
  for (const [typed, said] of [
    ["Р225043056", /only look alike/],
    ["您好，我的传感器编号是P225043056", /more in it than a serial number/],
  ] as const) {
    await userEvent.clear(field());
    await userEvent.click(field());
    await userEvent.paste(typed);
    expect(screen.getByRole("alert")).toHaveTextContent(said);
    await userEvent.keyboard("{Enter}");
    expect(router.state.location.pathname).toBe("/devices");
    expect(screen.getByRole("button", { name: "Look up P225043056, found in it" })).toBeVisible();
  }
  await userEvent.clear(field());
  await userEvent.paste("snP225043056");
  await userEvent.click(screen.getByRole("button", { name: "Look up P225043056, found in it" }));
  expect(router.state.location.pathname).toBe("/devices/P225043056");
});

test.each([
  ["LOT123", /^That looks like the number of a lot\./],
  ["20271130", /^That looks like a date, /],
  ["13800138000", /^That looks like a phone number\./],
])("of %s, which is no sensor's, it is said what it looks like and what to ask for", async (typed, said) => {
  server.use(signedInAs("support"), ...unknownSensor);
  renderDevice("/devices");
  await userEvent.type(field(), `${typed}{Enter}`);
  expect((await screen.findAllByText(said))[0]).toBeVisible();
  expect(screen.getByText("Have the serial number read, from the box")).toBeVisible();
});

test("a date with slashes is said to be one before it is looked up", async () => {
  server.use(signedInAs("support"));
  renderDevice("/devices");
  await userEvent.type(field(), "29/11/2026");
  expect(screen.getByRole("alert")).toHaveTextContent(/^This looks like a date\./);
});
