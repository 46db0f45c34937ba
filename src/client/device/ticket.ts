import { escaped } from "#report/markdown.ts";
import type { Language } from "#words/language.ts";
import { formatPair } from "#words/list.ts";

/** One fact of a ticket; a date stands in UTC and in local time. */
interface TicketFact {
  readonly name: string;
  readonly value: string;
}

/** What goes into a support ticket: what is the matter, the facts, and what else can be said. */
export interface Ticket {
  readonly headline: string;
  /** What the caller was told, what is to be done, where this stands, and who answered when. */
  readonly answer: readonly TicketFact[];
  readonly facts: readonly TicketFact[];
  readonly claims: readonly string[];
}

/**
 * A time as tickets want it: "2026-11-06 13:05 UTC (6 Nov 2026, 14:05, Europe/Berlin)";
 * in UTC alone where that is the zone.
 */
export function ticketTime(timeMs: number, local: string, zone: string, language: Language): string {
  const utc = `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (zone === "UTC") return utc;
  return language === "en" ? `${utc} (${local}, ${zone})` : `${utc}（${local}，${zone}）`;
}

export const ticketText = ({ headline, answer, facts, claims }: Ticket, language: Language): string =>
  [
    headline,
    ...[...answer, ...facts].map(({ name, value }) => formatPair(name, value, language)),
    ...claims.map((claim) => `- ${claim}`),
  ].join("\n");

export const ticketMarkdown = ({ headline, answer, facts, claims }: Ticket, language: Language): string =>
  [
    `**${escaped(headline)}**`,
    "",
    ...[...answer, ...facts].map(({ name, value }) =>
      language === "en"
        ? `- **${escaped(name)}:** ${escaped(value)}`
        : `- **${escaped(name)}：**${escaped(value)}`,
    ),
    ...claims.map((claim) => `- ${escaped(claim)}`),
  ].join("\n");
