import type { Row } from "./run.ts";

export const filters = ["all", "worn", "activated", "bound", "unbound", "ended", "failed"] as const;
export type Filter = (typeof filters)[number];
export const sorts = ["given", "serial", "state", "end"] as const;
export type Sort = (typeof sorts)[number];

/** Still worn now: activated, and not ended by any date. */
const isWorn = ({ answer }: Row, nowMs: number): boolean =>
  answer?.ok === true &&
  answer.state === "activated" &&
  (answer.endedAtMs === null || answer.endedAtMs > nowMs);

export function chosenRows(rows: readonly Row[], filter: Filter, sort: Sort, nowMs: number): Row[] {
  const chosen = rows.filter((row) => {
    if (filter === "all") return true;
    if (filter === "worn") return isWorn(row, nowMs);
    if (filter === "failed") return row.answer?.ok === false;
    return row.answer?.ok === true && row.answer.state === filter;
  });
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
      ...["serial", "outcome", "state", "activated_utc", "expected_end_utc", "ended_utc", "owner"],
      ...["platform_code", "platform_message"],
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
