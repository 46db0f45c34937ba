import { isOneLocalDay } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";

/**
 * Received of expected as whole per cent, "100 %" only when nothing is missing and "0 %" only when nothing
 * came. Null when nothing was expected.
 */
export function formatShare(received: number, expected: number, locale: string): string | null {
  if (expected <= 0) return null;
  const share = Math.min(1, received / expected);
  const percent =
    share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
  return formatPercent(percent, locale);
}

/** "58 %" in English, "58%" in Chinese. */
export const formatPercent = (percent: number, locale: string): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(percent)}${locale.startsWith("zh") ? "" : "\u00a0"}%`;

/** A day that begins or ends off local midnight: wear began or ended in it, or it still runs. */
export const isPartialDay = (day: Span, timeZone: string): boolean => !isOneLocalDay(day, timeZone);
