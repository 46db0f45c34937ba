import type { CasePdfQuery } from "#contract/cases.ts";
import { zonesOf } from "#contract/region.ts";
import { viewerZone } from "./viewer-zone.ts";

/** By Unicode's CLDR; everywhere else it is A4. */
const letterRegions = ["US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "NI", "PA", "SV", "PR", "BZ"];

/** The paper of where the viewer is. */
export const usualPaper = (): CasePdfQuery["paper"] =>
  letterRegions.some((region) => zonesOf(region).includes(viewerZone)) ? "letter" : "a4";
