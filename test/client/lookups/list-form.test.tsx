import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { lookupFilters } from "#contract/lookups.ts";
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

test("of a list with two columns of serial numbers it is said which is read", async () => {
  server.use(
    about(),
    signedInAs("support"),
    http.get("*/api/look-ups", () => HttpResponse.json({ lists: [] })),
  );
  renderApp("/look-ups");
  await userEvent.click(await screen.findByRole("textbox", { name: /^Serial numbers/ }));
  await userEvent.paste("Old SN,New SN\nP225043056,P225043061\nP225043057,P225043062");
  expect(await screen.findByText(/^2 serial numbers found\./)).toHaveTextContent(
    "Only the column “Old SN” is read. The column “New SN” has serial numbers too, and they are not looked up",
  );
});

test("after a file that is refused, the text of before is not looked up unless somebody says so", async () => {
  server.use(
    about(),
    signedInAs("support"),
    http.get("*/api/look-ups", () => HttpResponse.json({ lists: [] })),
  );
  renderApp("/look-ups");
  const field = await screen.findByRole("textbox", { name: /^Serial numbers/ });
  await userEvent.click(field);
  await userEvent.paste("P225043057");
  expect(screen.getByText("1 serial number found.")).toBeVisible();
  const chosen = document.querySelector<HTMLInputElement>("input[type=file]");
  await userEvent.upload(
    chosen as HTMLInputElement,
    new File([new Uint8Array([1, 0, 0, 2, 0, 0, 0, 3])], "a.csv"),
  );
  expect(await screen.findByText(/a\.csv is not a text file/)).toBeVisible();
  expect(screen.queryByText("1 serial number found.")).toBeNull();
  expect(screen.getByRole("button", { name: "Look up" })).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Use that one" }));
  expect(screen.getByText("1 serial number found.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Look up" })).toBeEnabled();
});

test("a running list tells that the server does not answer, and says one number of how far it is", async () => {
  const counts = Object.fromEntries(lookupFilters.map((name) => [name, 0]));
  const list = {
    id: "one",
    name: "One",
    state: "running",
    total: 300,
    createdAtMs: 0,
    columns: [],
    leftOut: { repeated: 0, overLimit: 0, rejected: 0, lines: [] },
    counts: { ...counts, all: 300, new: 272 },
    asOfMs: Date.now(),
    rowsPerSecond: null,
    secondsLeft: null,
    trouble: null,
    waitUntilMs: null,
  };
  let asked = 0;
  server.use(
    about(),
    signedInAs("support"),
    http.get("*/api/look-ups/one", () => {
      asked += 1;
      if (asked === 1) return HttpResponse.json(list);
      if (asked === 2) return HttpResponse.json({ ...list, counts: { ...list.counts, new: 250 } });
      return HttpResponse.error();
    }),
    http.get("*/api/look-ups/one/rows", () => HttpResponse.json({ rows: [], total: 0 })),
  );
  renderApp("/look-ups/one");
  expect(await screen.findByText(/^50 of 300/, {}, { timeout: 4000 })).toBeVisible();
  expect(document.body).not.toHaveTextContent("28 of 300");
  expect(
    await screen.findByText(/cannot be reached|not reachable|no connection/i, {}, { timeout: 4000 }),
  ).toBeVisible();
});

test("a name with an amount of glucose is refused in words, and nothing is sent", async () => {
  let sent = 0;
  server.use(
    about(),
    signedInAs("support"),
    http.get("*/api/look-ups", () => HttpResponse.json({ lists: [] })),
    http.post("*/api/look-ups", () => {
      sent += 1;
      return HttpResponse.error();
    }),
  );
  renderApp("/look-ups");
  await userEvent.click(await screen.findByRole("textbox", { name: /^Serial numbers/ }));
  await userEvent.paste("P225043057");
  const name = screen.getByRole("textbox", { name: /^Name of the list/ });
  await userEvent.type(name, "Anna was at 55");
  expect(screen.getByText(/“was at 55” reads like a glucose value/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Look up" }));
  expect(sent).toBe(0);
  expect(name).toHaveFocus();
  expect(name).toHaveValue("Anna was at 55");
});
