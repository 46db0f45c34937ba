import type { PatientRanges } from "#contract/roster.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import type { ReasonKey } from "#glucose/reason-keys.ts";
import type { TargetChoice } from "#glucose/targets.ts";
import type { Sealer } from "./seal.ts";

/** A patient's figures, and the targets that they were judged by. */
export interface PatientFigures {
  readonly targets: TargetChoice;
  readonly figures: GlucoseFigures;
  /** When each reason there is was first found, Unix ms. */
  readonly aroseMs: Readonly<Partial<Record<ReasonKey, number>>>;
}

/** Raised when what is written takes another form; what is of another is reckoned anew. */
const form = 2;

export const sealFigures = (sealer: Sealer, figures: PatientFigures): string =>
  sealer.seal(JSON.stringify({ form, ...figures }));

/** Null where nothing is kept, or nothing that can be opened. */
export function openFigures(sealer: Sealer, sealed: string | null): PatientFigures | null {
  const json = sealed && sealer.open(sealed);
  if (!json) return null;
  const kept: PatientFigures & { form: number } = JSON.parse(json);
  return kept.form === form ? kept : null;
}

/** Time in ranges of today and the thirteen days before. */
export function rangesOf({ targets, figures }: Omit<PatientFigures, "aroseMs">): PatientRanges | null {
  const fortnight = figures.last[14];
  if (!fortnight) return null;
  const { startMs, endMs, n, activeShare, coveredShare, timeIn } = fortnight;
  return { startMs, endMs, targets, n, activeShare, coveredShare, timeIn };
}
