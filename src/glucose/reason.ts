import { type DataCause, type ReasonKey, reasonKeys } from "./reason-keys.ts";

export interface Reason {
  readonly key: ReasonKey;
  /** What was found and what it is held against: per cent, points, minutes, nights, times or Unix ms. */
  readonly value: number;
  readonly limit: number;
  /** One day less would turn it; of shares only. */
  readonly isBorderline?: boolean;
  /** Since when, Unix ms; of how somebody was at the last reading, when that was. */
  readonly sinceMs?: number;
  /** It may have been so for longer. */
  readonly isAtLeast?: boolean | undefined;
  /** The platform's code, of what is or was last. */
  readonly trend?: number | null | undefined;
  /** Of what is or was last: where glucose is heading, by which those of one reason are ordered. */
  readonly projectedMmolL?: number | undefined;
  /** How many days were looked at, where it is not always the same. */
  readonly days?: number;
  readonly cause?: DataCause;
  /** A fault of the data explains it: it moves nobody up. Never of a low. */
  readonly explainedBy?: ReasonKey;
}

export const inOrder = <R extends Reason>(reasons: R[]): R[] =>
  reasons.sort((a, b) => reasonKeys.indexOf(a.key) - reasonKeys.indexOf(b.key));
