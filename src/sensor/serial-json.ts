import { parseSerial } from "#contract/serial.ts";
import { boxOf, dateOfField } from "./gs1.ts";
import { noDetails, nothing, type SerialsRead, together } from "./scanned-code.ts";
import { serialKey } from "./serial-address.ts";

/** Names and values as some makers put them into a QR code. */
export function readJson(text: string): SerialsRead | null {
  if (!/^\s*[[{]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const reads: SerialsRead[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (node === null || typeof node !== "object" || depth > 3) return;
    const entries = Object.entries(node);
    const byName = (name: RegExp) => {
      const [, found] = entries.find(([key, of]) => name.test(key) && /string|number/.test(typeof of)) ?? [];
      return found === undefined ? "" : String(found);
    };
    const serial = parseSerial(byName(serialKey));
    const box = {
      ...boxOf(new Map([["01", byName(/^(gtin|udi[ _-]?di)$/i)]])),
      lot: byName(/^(lot|batch)([ _-]?(no|number))?$/i) || null,
      expiry: dateOfField(byName(/^(exp|expiry|expiration)([ _-]?date)?$/i)),
    };
    if (serial) reads.push({ ...nothing, found: [{ serial, box }] });
    for (const [, child] of entries) visit(child, depth + 1);
  };
  visit(value, 0);
  return reads.length > 0 ? together(reads) : { ...nothing, without: noDetails };
}
