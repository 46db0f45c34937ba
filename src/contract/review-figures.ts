import * as z from "zod/mini";

/** How far back `GET /api/patients/review-figures` looks. */
export const reviewedWithinDays = 7;

/** How the list is kept up with: of all who are listed, never of single people of the staff. */
export const reviewFigures = z.object({
  /** Everybody who is not archived. */
  listed: z.number(),
  /** Of these, whose data nobody has read yet: whether they are to be looked at is not known. */
  unread: z._default(z.number(), 0),
  /** Who was reviewed in the last days. */
  reviewed: z.number(),
  /** Who is to be looked at now. */
  open: z.number(),
  /** Of these, the one unreviewed for longest: since their last review, or since they were registered. */
  oldest: z.nullable(z.object({ sinceMs: z.number(), isNever: z.boolean() })),
  /** The reviews of the last days that stand. */
  reviews: z.number(),
  /** Of how many of them it is known when their first new reason arose, and the median from then to them. */
  wait: z.object({ known: z.number(), medianMinutes: z.nullable(z.number()) }),
});
export type ReviewFigures = z.infer<typeof reviewFigures>;
