import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { reportAuditEvent } from "#client/audit-events.ts";
import { failing, serveFaults } from "./app/render-app.tsx";

const server = serveFaults();

/** What is told to the trail; the server answers these in turn, and the last one again and again. */
function tellTo(...answers: (() => Response)[]) {
  const told: unknown[] = [];
  server.use(
    http.post("*/api/audit/events", async ({ request }) => {
      told.push(await request.json());
      return (answers[told.length - 1] ?? (answers.at(-1) as () => Response))();
    }),
  );
  return told;
}

const fine = () => HttpResponse.json({});

test("an act that could not be told is told again until it is heard", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const told = tellTo(
    () => failing({ status: 500, code: "internal" }),
    () => HttpResponse.error(),
    fine,
  );
  reportAuditEvent("patient-readings.export", "p1");
  await expect
    .poll(async () => {
      await vi.advanceTimersByTimeAsync(5000);
      return told;
    })
    .toHaveLength(3);
  expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ event: "patient-readings.export", subject: "p1" })]),
  );
  await vi.advanceTimersByTimeAsync(4 * 3_600_000);
  expect(told).toHaveLength(3);
});

test("what the server has refused is not told again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const told = tellTo(() => failing({ status: 403, code: "forbidden" }));
  reportAuditEvent("staff.print");
  await expect.poll(() => told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(4 * 3_600_000);
  expect(told).toHaveLength(1);
});
