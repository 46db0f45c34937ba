import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { useFailureLine } from "../ui/plain-failure.tsx";

const refusals = [
  "archived",
  "inactive",
  "unknown",
  "role",
  "another",
  "too-old",
  "changed",
  "past",
  "too-far",
  "too-long",
  "characters",
] as const;

const reasonsIn = ({ problem }: ApiError) => problem?.fields?.map(({ reason }) => reason) ?? [];

const finalRefusals: readonly string[] = ["another", "too-old", "changed", "past"];

/** Whether the same act would be refused again, whatever happens meanwhile. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.code === "not-found" || reasonsIn(error).some((reason) => finalRefusals.includes(reason)));

/** Why an act was refused and what to do, in one line; of a failure of another kind that of the failure. */
export function useRefusalLine(error: unknown): string {
  const t = useMessages("acts");
  const line = useFailureLine(error);
  if (!(error instanceof ApiError)) return line;
  const reasons = reasonsIn(error);
  const refusal = refusals.find((one) => reasons.includes(one));
  if (refusal) return t(`refusal.${refusal}`);
  return error.code === "not-found" ? t("refusal.gone") : line;
}
