import { dayMs } from "#glucose/time.ts";
import type { ReportsAsked } from "./reports.ts";

/** Patients times days of one file: 500 of two weeks, or 77 of ninety days. */
export const mostPatientDays = 7000;

/** How many days a period has. */
export const daysIn = (period: ReportsAsked["period"]): number =>
  "days" in period ? period.days : Math.round((Date.parse(period.to) - Date.parse(period.from)) / dayMs) + 1;

/** Whose readings a file has, and how many: its last row, without which it broke off. */
export interface FileEnd {
  readonly patients: number;
  readonly readings: number;
}

export const endCells = ({ patients, readings }: FileEnd): string[] => [
  "complete",
  `${patients} patients`,
  `${readings} readings`,
];

/** What the last row of a file says; null where the file broke off. Before it, rows begin with a number. */
export function endIn(lastText: string): FileEnd | null {
  const found = /\ncomplete,(\d+) patients,(\d+) readings,*\r\n$/.exec(lastText);
  return found && { patients: Number(found[1]), readings: Number(found[2]) };
}
