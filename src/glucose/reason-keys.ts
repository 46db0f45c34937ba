/** Reasons about sensors, phones and how much data there is, from the most urgent down: none tells of glucose. */
export const deviceReasonKeys = [
  "recalled",
  "ended-early",
  "silent",
  "clock-off",
  "little-data",
  "ended",
  "not-activated",
  "ends-soon",
  "often-silent",
] as const;
export type DeviceReasonKey = (typeof deviceReasonKeys)[number];

/** Why somebody should be looked at, from the most urgent down: the order of the list. */
export const reasonKeys = [
  "very-low-now",
  "very-low-last",
  "low-now",
  "low-last",
  "falling-near-low",
  "falling-near-low-last",
  "high-for-long",
  "high-for-long-last",
  "very-low",
  "low",
  "extended-lows",
  "night-lows",
  "very-high",
  "in-range",
  "high",
  "in-range-fell",
  ...deviceReasonKeys,
] as const;
export type ReasonKey = (typeof reasonKeys)[number];

/** Why there is little data, by what took most of the time without. */
export const dataCauses = [
  "never-sent",
  "no-sensor",
  "phone-silent",
  "sensor-silent",
  "lost",
  "not-read",
  "unknown",
] as const;
export type DataCause = (typeof dataCauses)[number];
