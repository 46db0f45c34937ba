import { queryOptions } from "@tanstack/react-query";
import type { BrandInUse } from "#contract/brand.ts";
import { getJson } from "../http.ts";

/** For administrators. */
export const brandQuery = queryOptions({
  queryKey: ["brand"],
  queryFn: ({ signal }) => getJson<BrandInUse>("/api/brand", signal),
});
