import { expect, test } from "vitest";
import { ticketMarkdown, ticketText, ticketTime } from "#client/device/ticket.ts";

const facts = [{ name: "Sensor", value: "P_1" }];

test("a time stands in UTC and in local time with its zone", () => {
  expect(ticketTime(Date.UTC(2026, 10, 6, 13, 5), "6 Nov 2026, 14:05", "Europe/Berlin")).toBe(
    "2026-11-06 13:05 UTC (6 Nov 2026, 14:05, Europe/Berlin)",
  );
});

test("where the zone is UTC the time stands once", () => {
  expect(ticketTime(Date.UTC(2026, 10, 6, 13, 5), "6 Nov 2026, 13:05", "UTC")).toBe("2026-11-06 13:05 UTC");
});

test("the text is a line for each fact and claim", () => {
  expect(ticketText({ headline: "Working.", facts, claims: ["99% arrived"] })).toBe(
    "Working.\nSensor: P_1\n- 99% arrived",
  );
});

test("Markdown takes nothing in a value for markup", () => {
  expect(ticketMarkdown({ headline: "Working.", facts, claims: ["*a* <b>"] })).toBe(
    "**Working.**\n\n- **Sensor:** P\\_1\n- \\*a\\* \\<b\\>",
  );
});
