import { Hono } from "hono";
import { type ReviewFigures, reviewedWithinDays, reviewFigures } from "#contract/review-figures.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import type { ReviewWait, WorklistActs } from "../store/worklist-acts.ts";
import { describe } from "./openapi.ts";
import type { WorklistActOptions } from "./worklist-acts.ts";

/** The lower one of two in the middle; `waits` from the shortest up. */
function medianOf(waits: readonly (ReviewWait & { minutes: number })[], known: number): number | null {
  let passed = 0;
  for (const { minutes, count } of waits) {
    passed += count;
    if (passed * 2 >= known) return minutes;
  }
  return null;
}

async function waitsSince(
  acts: WorklistActs,
  fromMs: number,
): Promise<Pick<ReviewFigures, "reviews" | "wait">> {
  const waits = await acts.waitsSince(fromMs);
  const countOf = (some: readonly ReviewWait[]) => some.reduce((sum, { count }) => sum + count, 0);
  const timed = waits.filter((wait): wait is ReviewWait & { minutes: number } => wait.minutes !== null);
  const known = countOf(timed);
  return { reviews: countOf(waits), wait: { known, medianMinutes: medianOf(timed, known) } };
}

/** The list measures itself. */
export const createReviewFigureRoutes = ({
  acts,
  roster,
  now,
}: Pick<WorklistActOptions, "acts" | "roster" | "now">): Hono<AppEnv> =>
  new Hono<AppEnv>().get(
    "/review-figures",
    describe("How the list is kept up with", reviewFigures),
    async (c) => {
      const fromMs = now() - reviewedWithinDays * dayMs;
      const [members, waits] = [await roster.reviewFigures(fromMs), await waitsSince(acts, fromMs)];
      return c.json({ ...members, ...waits });
    },
  );
