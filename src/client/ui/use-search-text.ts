import { useLocation, useNavigationType } from "react-router";
import { useDraft } from "./draft.ts";

/** The state of a link to another view of what is searched for. */
export const keepsSearch = { keepsSearch: true };

/**
 * What is searched for: of the list as it was opened, through filters and the way back to it. Another one that
 * is opened later has no search yet.
 */
export function useSearchText(name: string, owner: string) {
  const { key, search, state } = useLocation();
  const entry = `${key}${search}`;
  const isReplaced = useNavigationType() === "REPLACE" || state?.keepsSearch === true;
  const [kept, setKept] = useDraft(name, owner, { entry, text: "" });
  if (kept.entry !== entry) setKept({ entry, text: isReplaced ? kept.text : "" });
  return [kept.text, (text: string) => setKept({ entry, text })] as const;
}
