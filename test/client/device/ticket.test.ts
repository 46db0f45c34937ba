import { expect, test } from "vitest";
import { ticketMarkdown, ticketText, ticketTime } from "#client/device/ticket.ts";

const facts = [{ name: "Sensor", value: "P_1" }];

test("a time stands in UTC and in local time with its zone", () => {
  expect(ticketTime(Date.UTC(2026, 10, 6, 13, 5), "6 Nov 2026, 14:05", "Europe/Berlin", "en")).toBe(
    "2026-11-06 13:05 UTC (6 Nov 2026, 14:05, Europe/Berlin)",
  );
});

test("where the zone is UTC the time stands once", () => {
  expect(ticketTime(Date.UTC(2026, 10, 6, 13, 5), "6 Nov 2026, 13:05", "UTC", "en")).toBe(
    "2026-11-06 13:05 UTC",
  );
});

test("the text is a line for each fact and claim", () => {
  expect(ticketText({ headline: "Working.", facts, answer: [], claims: ["99% arrived"] }, "en")).toBe(
    "Working.\nSensor: P_1\n- 99% arrived",
  );
});

test("a ticket in Chinese has Chinese punctuation", () => {
  const time = ticketTime(Date.UTC(2026, 10, 6, 13, 5), "2026年11月6日 14:05", "Europe/Berlin", "zh-CN");
  expect(time).toBe("2026-11-06 13:05 UTC（2026年11月6日 14:05，Europe/Berlin）");
  const ticket = { headline: "工作正常。", facts: [{ name: "传感器", value: "P1" }], answer: [], claims: [] };
  expect(ticketText(ticket, "zh-CN")).toBe("工作正常。\n传感器：P1");
  expect(ticketMarkdown(ticket, "zh-CN")).toBe("**工作正常。**\n\n- **传感器：**P1");
});

test("Markdown takes nothing in a value for markup", () => {
  expect(ticketMarkdown({ headline: "Working.", facts, answer: [], claims: ["*a* <b>"] }, "en")).toBe(
    "**Working.**\n\n- **Sensor:** P\\_1\n- \\*a\\* \\<b\\>",
  );
});
