import type { SensorCase } from "#contract/cases.ts";

const atMs = Date.UTC(2026, 10, 20, 9, 30);
const agent = { id: "agent", name: "Sam" };

/** A case that is known as far as a caller told it. */
export const someCase = (known: Partial<SensorCase> = {}): SensorCase => ({
  id: "one",
  serial: "P225043043",
  state: "open",
  receivedAtMs: atMs,
  changedAtMs: atMs,
  openedBy: agent,
  replacementSerial: null,
  isReplacementRecalled: false,
  vendorNumber: null,
  calls: 1,
  missing: ["callerAddress", "callerPhone", "action", "reply"],
  patient: null,
  device: "CGM",
  callerName: "Li Lei",
  callerAddress: null,
  callerPhone: null,
  nature: "It fell off.",
  action: null,
  reply: null,
  isUnreadable: false,
  furtherCalls: [],
  history: [{ id: "0", atMs, by: agent, changes: [] }],
  number: 1,
  callsAboutSensor: 1,
  callsWithdrawn: 0,
  sensor: null,
  recalls: [],
  isReplacementElsewhere: false,
  isReplacementUnknown: false,
  freeReplacementHours: null,
  isReplacedFree: null,
  box: { gtin: null, lot: null, expiry: null, producedOn: null },
  ...known,
});
