import type { Row } from "./kept-run.ts";

export const filters = ["all", "worn", "activated", "bound", "unbound", "ended", "failed"] as const;
export type Filter = (typeof filters)[number];
export const sorts = ["given", "serial", "state", "end"] as const;
export type Sort = (typeof sorts)[number];

/** Still worn now: activated, and not ended by any date. */
const isWorn = ({ answer }: Row, nowMs: number): boolean =>
  answer?.ok === true &&
  answer.state === "activated" &&
  (answer.endedAtMs === null || answer.endedAtMs > nowMs);

/** The state that came back; null for a failure and for a state that nobody knows. */
const stateIn = ({ answer }: Row) => (answer?.ok && answer.state !== "unknown" ? answer.state : null);

/** How many rows each filter leaves. */
export const countsOf = (rows: readonly Row[], nowMs: number): Record<Filter, number> =>
  Object.fromEntries(
    filters.map((filter) => [filter, rows.filter((row) => isChosen(row, filter, nowMs)).length]),
  ) as Record<Filter, number>;

function isChosen(row: Row, filter: Filter, nowMs: number): boolean {
  if (filter === "all") return true;
  if (filter === "worn") return isWorn(row, nowMs);
  if (filter === "failed") return row.answer !== null && stateIn(row) === null;
  return stateIn(row) === filter;
}

export function chosenRows(rows: readonly Row[], filter: Filter, sort: Sort, nowMs: number): Row[] {
  const chosen = rows.filter((row) => isChosen(row, filter, nowMs));
  const stateOf = ({ answer }: Row) => (answer === null ? "~" : answer.ok ? answer.state : answer.code);
  const endOf = ({ answer }: Row) =>
    (answer?.ok ? (answer.endedAtMs ?? answer.estimatedEndAtMs) : null) ?? Number.POSITIVE_INFINITY;
  if (sort === "serial") chosen.sort((a, b) => (a.serial < b.serial ? -1 : 1));
  if (sort === "state") chosen.sort((a, b) => stateOf(a).localeCompare(stateOf(b)));
  if (sort === "end") chosen.sort((a, b) => endOf(a) - endOf(b));
  return chosen;
}

/** Rows for a spreadsheet, times in UTC; the header first. */
export function exportRows(rows: readonly Row[]): string[][] {
  const time = (timeMs: number | null) => (timeMs === null ? "" : new Date(timeMs).toISOString());
  return [
    [
      "serial",
      "outcome",
      "state",
      "activated_utc",
      "expected_end_utc",
      "ended_utc",
      "owner",
      "platform_code",
      "platform_message",
    ],
    ...rows.map(({ serial, answer }) => {
      if (!answer) return [serial, "waiting", "", "", "", "", "", "", ""];
      if (!answer.ok) {
        const { code, platformCode, platformMessage } = answer;
        return [serial, code, "", "", "", "", "", String(platformCode ?? ""), platformMessage];
      }
      const { state, activatedAtMs, estimatedEndAtMs, endedAtMs, owner } = answer;
      return [
        serial,
        "ok",
        state,
        time(activatedAtMs),
        time(estimatedEndAtMs),
        time(endedAtMs),
        owner,
        "",
        "",
      ];
    }),
  ];
}
