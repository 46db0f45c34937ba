import { usualSort, type View } from "./view.ts";

/** The view as an address says it; what is usual is left out. */
export function viewSearch({ filter, sort, down, days }: View): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value) search.set(name === "isNew" ? "new" : name, value === true ? "1" : value);
  if (sort !== usualSort(filter, down)) search.set("sort", sort);
  if (down) search.set("down", "1");
  if (days && sort === "tidepool") search.set("days", String(days));
  return search.toString();
}
