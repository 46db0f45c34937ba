import type { Language } from "#words/language.ts";
import { spokenZone } from "#words/spoken-zone.ts";

export const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A time with its zone behind it, unless it is that of whoever reads it: "14:05 (Berlin time)". */
export function withZone(time: string, timeZone: string, language: Language): string {
  if (timeZone === viewerZone) return time;
  const name = spokenZone(timeZone, language);
  return language === "en" ? `${time} (${name})` : `${time}（${name}）`;
}
