const oid = /^(?:urn:oid:|oid[\s:.]*)?([0-2](?:\.(?:0|[1-9]\d*))+)$/i;
const wholeOid = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))*$/;
const meantAsOid = /^(?:urn:oid\b|oid\b|[\d.]+$)/i;

/** A system of identifiers as FHIR writes it: an OID, however it was typed, is "urn:oid:1.2.3". */
export function systemOf(text: string): string {
  const typed = text.trim();
  const [, digits] = oid.exec(typed) ?? [];
  if (digits) return `urn:oid:${digits}`;
  return /^urn:uuid:/i.test(typed) ? typed.toLowerCase() : typed;
}

/** Whether something like it may stand with an identifier: a whole OID or some other word without a gap. */
export const isSystem = (text: string): boolean => {
  const system = systemOf(text);
  return meantAsOid.test(system) ? wholeOid.test(system) : /^[^\s|]+$/.test(system);
};
