import { expect, test } from "vitest";
import { newRows, settledSeries } from "#proxy/platform/record-rows.ts";

const dayMs = 86_400_000;

test.each([
  ["a month", 30],
  ["ten years, in which time and row are too large for one number", 3660],
])("records that come out of order are in the order of time, of %s", (_, days) => {
  const count = 40_000;
  const rows = newRows(count);
  rows.count = count;
  rows.serials = ["P1"];
  const apartMs = Math.floor((days * dayMs) / count);
  for (let row = 0; row < count; row += 1) {
    // 7,919 is prime: each place once.
    const place = (row * 7919) % count;
    rows.timeMs[row] = 1e12 + place * apartMs;
    rows.valueMmolL[row] = 5;
    rows.packet[row] = place;
    rows.receivedMs[row] = -1;
  }
  const packets = settledSeries(rows)?.packet;
  expect(packets?.every((packet, place) => packet === place)).toBe(true);
});
