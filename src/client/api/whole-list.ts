import type { ListedPatient, RosterPage } from "#contract/roster.ts";
import { sendJson } from "../http.ts";
import type { ListView } from "./patients.ts";

const longestPage = 200;

/**
 * The first `most` who match, each once, in the order of the list and in the longest pages that the server gives. Where
 * somebody changed places meanwhile it is read once more; `total` may be more than came then.
 */
export async function readWholeList(
  view: ListView,
  q: string,
  most = Number.POSITIVE_INFINITY,
  signal: AbortSignal | null = null,
): Promise<{ rows: ListedPatient[]; total: number }> {
  let rows = new Map<string, ListedPatient>();
  let total = 0;
  for (let tries = 0; tries < 2; tries += 1) {
    rows = new Map();
    for (let offset = 0; ; offset += longestPage) {
      const { data: page } = await sendJson<RosterPage>(
        "/api/patients/search",
        { ...view, q, limit: longestPage, offset },
        { signal },
      );
      for (const row of page.rows) rows.set(row.id, row);
      total = page.total;
      if (offset + longestPage >= Math.min(total, most)) break;
    }
    if (rows.size >= Math.min(total, most)) break;
  }
  return { rows: [...rows.values()].slice(0, most), total };
}
