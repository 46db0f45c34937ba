import type { RosterRow } from "#contract/roster.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import type { GlucoseFigures, Stretch, StretchDays } from "#glucose/figures.ts";
import type { Known } from "#glucose/reasons.ts";
import { targetsFor } from "#glucose/targets.ts";
import type { PublishedFigures, Stretches } from "#glucose/worklists/published.ts";

const figuresIn = (stretch: Stretch | null): PublishedFigures | null =>
  stretch && { wornShare: stretch.coveredShare, timeIn: stretch.publishedTimeIn };

/** What the published lists look at. */
export const stretchesOf = (figures: GlucoseFigures | null, days: StretchDays): Stretches => ({
  latest: figuresIn(figures?.last[days] ?? null),
  earlier: figuresIn(figures?.before[days] ?? null),
});

export const knownOf = (
  { status, targets, createdAtMs }: RosterRow,
  figures: GlucoseFigures | null,
): Known => ({
  registeredAtMs: createdAtMs,
  figures,
  checkedAtMs: status?.checkedAtMs ?? null,
  facts: status?.facts ?? noDeviceFacts,
  lastReadingAtMs: status?.lastReadingAtMs ?? null,
  sensor: status?.sensor ?? null,
  targets: targetsFor(targets),
});
