import type { GlucoseUnit } from "#glucose/units.ts";
import type { Language } from "./language.ts";

/** How a reader wants to be told of glucose. */
export interface Preferences {
  readonly language: Language;
  readonly unit: GlucoseUnit;
}
