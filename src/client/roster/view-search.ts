import type { View } from "./view.ts";

/** The view as an address says it; what is usual is left out. */
export function viewSearch({ filter, sort, down }: View): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value) search.set(name, value === true ? "1" : value);
  if (sort !== "name") search.set("sort", sort);
  if (down) search.set("down", "1");
  return search.toString();
}
