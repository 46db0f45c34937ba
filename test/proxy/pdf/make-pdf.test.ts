import { expect, test } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { makePdf } from "#proxy/pdf/make-pdf.ts";
import { someCase } from "#test/support/cases.ts";

test("files are made in turn; whoever asks behind twenty others hears that the server is busy", async () => {
  const question = {
    kind: "case",
    of: someCase(),
    asked: { language: "en", paper: "a4", zone: "UTC" },
    nowMs: Date.UTC(2026, 10, 20),
  } as const;
  const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => makePdf(question, null)));
  const made = outcomes.filter(({ status }) => status === "fulfilled");
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(made.length).toBeGreaterThanOrEqual(20);
  expect(refused.length).toBeGreaterThanOrEqual(4);
  for (const failure of refused) {
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "server-busy", status: 503 });
  }
  expect(await makePdf(question, null)).toBeInstanceOf(Uint8Array);
});
