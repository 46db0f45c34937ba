/** `tle_…`: handed to the frame once, by the page around it. */
export const embedTokenPrefix = "tle_";
/** `tlp_…`: what the frame was given for it, and shows with every request. */
export const embedPassPrefix = "tlp_";

/** A token opens one view once, and both end this long after it was made. */
export const embedLifeMs = 10 * 60_000;
export const longestEmbedToken = 2000;

/** Why a token or a pass opens nothing: the `reason` of the field `token` of a failure. */
export const embedRefusals = [
  "unknown",
  "expired",
  "used",
  "other-origin",
  "key",
  "exchange-off",
  "gone",
] as const;
export type EmbedRefusal = (typeof embedRefusals)[number];
