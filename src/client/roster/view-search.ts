import { usualSort, type View } from "./view.ts";

/** The view as an address says it; what is usual is left out. */
export function viewSearch({ filter, sort, down, days }: View): string {
  const search = new URLSearchParams();
  const { aroseAfterMs, ...rest } = filter;
  for (const [name, value] of Object.entries(rest)) if (value) search.set(name, value === true ? "1" : value);
  if (aroseAfterMs !== undefined) search.set("new", "1");
  if (sort !== usualSort(filter, down)) search.set("sort", sort);
  if (down) search.set("down", "1");
  if (days && sort === "tidepool") search.set("days", String(days));
  return search.toString();
}
