import * as z from "zod/mini";
import { noControlCharacters, somethingVisible } from "./patient.ts";

export const mostSavedViews = 20;
export const longestViewName = 40;

const name = z
  .string("required")
  .check(
    z.trim(),
    z.minLength(1, "required"),
    z.maxLength(longestViewName, "too-long"),
    noControlCharacters,
    somethingVisible,
  );

/** The body of `PUT /api/account/views`: a view of the list of patients, as its address says it. One of the same name gives way. */
export const savedView = z.strictObject({
  name,
  search: z.string("required").check(z.maxLength(500, "too-long"), noControlCharacters),
});
export type SavedView = z.infer<typeof savedView>;

/** The body of `DELETE /api/account/views`. */
export const savedViewName = z.strictObject({ name });

/** `GET /api/account/views`: what this person has named, in the order they did. */
export const savedViews = z.object({ views: z.array(z.object({ name: z.string(), search: z.string() })) });
