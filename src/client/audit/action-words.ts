import { auditActions } from "#contract/audit.ts";
import { useMessages } from "../i18n.ts";
import { useRefusedWords } from "./refused-words.ts";

/** An action in words, a refused call too; one that has none is shown by its name. */
export function useActionWords(): (action: string) => string {
  const t = useMessages("audit", "actions");
  const refusedWords = useRefusedWords();
  return (action) => {
    const known = auditActions.find((one) => one === action);
    return known ? t(known) : (refusedWords(action) ?? action);
  };
}
