import * as z from "zod/mini";
import { problemCodes } from "./problem-codes.ts";

export const problemCode = z.enum(problemCodes);

/** RFC 9457 problem details, sent as application/problem+json with every status of 400 and above. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.optional(z.string()),
  code: problemCode,
  requestId: z.optional(z.string()),
  /** What the platform itself said, when it was the platform that failed. */
  platform: z.optional(
    z.object({ code: z.nullable(z.number()), message: z.string(), httpStatus: z.nullable(z.number()) }),
  ),
  /**
   * Before so many seconds, trying again is of no use: the platform is left
   * alone, or there were too many tries.
   */
  retryAfterS: z.optional(z.number()),
  /**
   * For invalid-request: which fields, and why in a stable word ("required", "too-long", "characters" …). For
   * changed-meanwhile: which, "changed".
   */
  fields: z.optional(z.array(z.object({ field: z.string(), reason: z.string() }))),
});
export type Problem = z.infer<typeof problem>;

const stale = z.object({ code: problemCode });
export type Stale = z.infer<typeof stale>;

/**
 * Not null when the platform could not be read, and why: the answer is then what it said at the
 * answer's `asOfMs`, half an hour ago at most.
 */
export const staleOrNull = z._default(z.nullable(stale), null);
