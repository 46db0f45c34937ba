import * as z from "zod/mini";
import { humanText } from "./human-text.ts";
import { isOfView } from "./roster-view.ts";

export const mostSavedViews = 20;
export const longestViewName = 40;

const decoded = (text: string) => decodeURIComponent(text.replaceAll("+", " "));

/** Whether it is the query of the list's address, and nothing else: no other address, no fragment. */
function isView(search: string): boolean {
  if (search.includes("#")) return false;
  const parts = search.replace(/^\?/, "").split("&");
  try {
    return parts.every((part) => {
      const [name = "", ...value] = part.split("=");
      return part === "" || isOfView(decoded(name), decoded(value.join("=")));
    });
  } catch {
    return false;
  }
}

/**
 * The body of `PUT /api/account/views`: a view of the list of patients, as its address
 * says it. One of the same name gives way.
 */
export const savedView = z.strictObject({
  name: humanText(longestViewName),
  search: z.string("required").check(z.maxLength(500, "too-long"), z.refine(isView, "view")),
});
export type SavedView = z.infer<typeof savedView>;

/** The body of `DELETE /api/account/views`: a name as the list of them has it. */
export const savedViewName = z.strictObject({
  name: z.string("required").check(z.maxLength(200, "too-long")),
});

/** `GET /api/account/views`: what this person has named, in the order they did. */
export const savedViews = z.object({ views: z.array(z.object({ name: z.string(), search: z.string() })) });
export type SavedViews = z.infer<typeof savedViews>;
