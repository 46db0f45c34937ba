import type { Trouble } from "#contract/receivers.ts";
import { useMessages } from "../i18n.ts";

/** Why a receiver did not take something, with its status and what it said itself. */
export function useSendTrouble(): (trouble: Trouble) => string {
  const t = useMessages("health-links", "problems");
  return ({ problem, status, said }) => {
    const named = status === null ? t(problem) : t("withStatus", { problem: t(problem), status });
    return said === "" ? named : t("withWords", { problem: named, said });
  };
}
