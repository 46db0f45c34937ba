import { expect, test } from "vitest";
import { createWorker } from "#proxy/worker.ts";
import type { Question } from "#test/support/slow-thread.ts";

const limits = { maxOldGenerationSizeMb: 32 };
const createAsk = () => createWorker<Question, Question>("../../test/support/slow-thread", limits, 0);

test("what takes a thread too long ends it and fails, and the next question gets another thread", async () => {
  const ask = createAsk();
  expect(await ask("now", { longestMs: 60_000 })).toBe("now");
  await expect(ask("never", { longestMs: 50 })).rejects.toThrow("slow-thread ended");
  expect(await ask("now")).toBe("now");
});
