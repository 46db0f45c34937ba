import * as z from "zod/mini";
import { humanText, isUsableText } from "./text.ts";

export const mostSavedViews = 20;
export const longestViewName = 40;

const name = humanText(longestViewName);

/** The body of `PUT /api/account/views`: a view of the list of patients, as its address says it. One of the same name gives way. */
export const savedView = z.strictObject({
  name,
  search: z.string("required").check(z.maxLength(500, "too-long"), z.refine(isUsableText, "characters")),
});
export type SavedView = z.infer<typeof savedView>;

/** The body of `DELETE /api/account/views`. */
export const savedViewName = z.strictObject({ name });

/** `GET /api/account/views`: what this person has named, in the order they did. */
export const savedViews = z.object({ views: z.array(z.object({ name: z.string(), search: z.string() })) });
