import { longestRangeMs } from "#contract/readings-range.ts";
import type { Span } from "#glucose/time.ts";

export const comparisonChoices = ["before", "since", "sensor", "custom"] as const;

/** What the period is compared with. It outlives a change of the period, and stands in the address. */
export interface ComparisonChoice {
  readonly choice: (typeof comparisonChoices)[number] | null;
  /** Other days, for `custom`. */
  readonly days: Span | null;
  /** For `since`: the local date, as a date field has it, whose midnight divides the period. */
  readonly since: string | null;
}

export const noComparison: ComparisonChoice = { choice: null, days: null, since: null };

/**
 * `?compare=before`, `since-2026-11-20`, `sensor`, `custom` or `custom-` and the first and
 * last instant of other days, Unix ms.
 */
export function parseComparison(search: URLSearchParams): ComparisonChoice {
  const [, choice, rest = ""] =
    /^(before|since|sensor|custom)(?:-(.*))?$/.exec(search.get("compare") ?? "") ?? [];
  if (choice === "before" || choice === "sensor") return { ...noComparison, choice };
  if (choice === "since")
    return { ...noComparison, choice, since: /^\d{4}-\d\d-\d\d$/.test(rest) ? rest : null };
  if (choice !== "custom") return noComparison;
  const [startMs, endMs] = (/^(\d{1,13})-(\d{1,13})$/.exec(rest) ?? []).slice(1).map(Number);
  const days =
    startMs && endMs && startMs < endMs && endMs - startMs <= longestRangeMs ? { startMs, endMs } : null;
  return { ...noComparison, choice, days };
}

export function comparisonSearch({ choice, days, since }: ComparisonChoice): Record<string, string> {
  if (choice === null) return {};
  const rest =
    choice === "since" ? since : choice === "custom" && days ? `${days.startMs}-${days.endMs}` : null;
  return { compare: rest === null ? choice : `${choice}-${rest}` };
}
