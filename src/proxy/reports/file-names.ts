import type { Patient } from "#contract/patient.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";

/** File systems take 255 bytes; a place in the list goes before it and an ending behind it. */
const mostNameBytes = 120;
const mostIdBytes = 60;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** As many whole characters as so many bytes of UTF-8 hold. */
function fitting(text: string, mostBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > mostBytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** What every file system takes: nothing that is not seen, that turns what follows around, or that leads elsewhere. */
const safe = (text: string, mostBytes: number): string =>
  fitting(
    text
      .normalize("NFC")
      .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
      .replace(/[\\/:*?"<>|]/g, "-")
      .replace(/\s+/g, " ")
      .replace(/^[. ]+/, ""),
    mostBytes,
  ).replace(/[. ]+$/, "");

/** "Anna Müller 123456 2026-11-15 to 2026-11-28": who, by hospital number or partner's ID, and the days. */
export function reportName(
  { name, hospitalNumber, partnerUid, timeZone }: Patient,
  { startMs, endMs }: Span,
): string {
  const [first, last] = [startMs, endMs - 1].map((timeMs) => localDateOf(timeMs, timeZone));
  const who = [safe(name, mostNameBytes), safe(hospitalNumber ?? partnerUid, mostIdBytes)];
  return [...who.filter(Boolean), first === last ? first : `${first} to ${last}`].join(" ");
}

/** In the list's order whatever sorts them, and never the same for two. */
export const fileNameAt = (row: number, name: string): string =>
  `${String(row).padStart(3, "0")} ${name}.pdf`;
