import { parseSerial } from "./serial.ts";

/** `waiting`: for somebody else, the vendor for one. */
export const caseStates = ["open", "waiting", "closed"] as const;
export type CaseState = (typeof caseStates)[number];

/** The texts of a case, and how many characters each may have. */
export const caseTextLengths = {
  device: 120,
  callerName: 120,
  callerAddress: 500,
  callerPhone: 64,
  nature: 5000,
  action: 5000,
  reply: 5000,
} as const;
export type CaseText = keyof typeof caseTextLengths;
export const caseTexts = Object.keys(caseTextLengths) as CaseText[];

export const vendorNumberMaxLength = 120;
export const mostFurtherCalls = 100;
/** After so many changes it can only be closed. */
export const mostCaseChanges = 200;
/** Whole cases that one answer holds. */
export const mostExportedCases = 200;

/** What of the record of a complaint can be missing: the serial and the date are always there. */
export const complaintParts = [
  "device",
  "callerName",
  "callerAddress",
  "callerPhone",
  "nature",
  "action",
  "reply",
] as const;
export type ComplaintPart = (typeof complaintParts)[number];

/** Two clocks may disagree by so much. */
const aheadMs = 5 * 60_000;

/** What cannot be of a case about this sensor, by the field. */
export function impossibleIn(
  serial: string,
  { receivedAtMs, replacementSerial }: { receivedAtMs?: unknown; replacementSerial?: unknown },
  nowMs: number,
): { receivedAtMs?: "future-date"; replacementSerial?: "same" } {
  return {
    ...(Number(receivedAtMs ?? 0) > nowMs + aheadMs && { receivedAtMs: "future-date" }),
    ...(typeof replacementSerial === "string" &&
      parseSerial(replacementSerial) === serial && { replacementSerial: "same" }),
  };
}
