/** One fact of a ticket; a date stands in UTC and in local time. */
export interface TicketFact {
  readonly name: string;
  readonly value: string;
}

/** A time as tickets want it: "2026-11-06 13:05 UTC (6 Nov 2026, 14:05, Europe/Berlin)". */
export const ticketTime = (timeMs: number, local: string, zone: string): string =>
  `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC (${local}, ${zone})`;

export const ticketText = (
  headline: string,
  facts: readonly TicketFact[],
  claims: readonly string[],
): string =>
  [
    headline,
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    ...claims.map((claim) => `- ${claim}`),
  ].join("\n");

/** What Markdown would take for markup in a value stays what it was. */
const escaped = (text: string) => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");

export const ticketMarkdown = (
  headline: string,
  facts: readonly TicketFact[],
  claims: readonly string[],
): string =>
  [
    `**${escaped(headline)}**`,
    "",
    ...facts.map(({ name, value }) => `- **${escaped(name)}:** ${escaped(value)}`),
    ...claims.map((claim) => `- ${escaped(claim)}`),
  ].join("\n");
