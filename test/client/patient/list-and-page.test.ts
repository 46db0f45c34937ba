import { expect, test } from "vitest";
import { spanOf } from "#contract/period.ts";
import { toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import { patientRanges } from "#contract/roster.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { createWorld } from "#test/support/world.ts";

test("the list's shares of 14 days are those of the page, at any hour of the patient's day", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const get = async (path: string) => (await world.request(path, { cookie })).json();
  for (const person of world.sandbox.cohort.slice(0, 8)) {
    const { patient } = await world.proxy.registerPatient(person);
    for (const hours of [0, 7, 16]) {
      world.advance(hours * 3_600_000);
      const { timeIn, targets, startMs } = patientRanges.parse(
        await get(`/api/patients/${patient.id}/ranges`),
      );
      const span = spanOf({ kind: "last", days: 14 }, world.now(), patient.timeZone);
      const answer = await get(
        `/api/patients/${patient.id}/readings?start=${span.startMs}&end=${span.endMs}`,
      );
      const { edges } = targetsFor(targets);
      const page = statisticsOf(toReadings(readingsResponse.parse(answer).readings), span, edges).timeIn;
      expect(startMs).toBe(span.startMs);
      for (const band of ["very-low", "low", "in-range", "high", "very-high"] as const)
        expect(timeIn?.[band] ?? 0, `${patient.name}, ${band}`).toBeCloseTo(page?.[band] ?? 0, 12);
    }
  }
  await world.close();
});
