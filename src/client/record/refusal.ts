import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";

/** Field and reason, as the server says them, of what an archive or a merge is refused for. */
const known = ["into archived", "into merged", "archived merged", "archived changed"] as const;

/** What it means and what to do next; undefined where the code's own words are enough. */
export function useRefusal(error: unknown): { meaning: string; next: string } | undefined {
  const t = useMessages("record");
  const [fault] = (error instanceof ApiError ? error.problem?.fields : undefined) ?? [];
  const refusal = known.find((one) => one === `${fault?.field} ${fault?.reason}`);
  return refusal && { meaning: t(`${refusal}.meaning`), next: t(`${refusal}.next`) };
}
