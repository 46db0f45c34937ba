/** Without who has none: somebody without a reason is not in the list of devices. */
export const deviceRowStates = ["open", "snoozed", "reviewed"] as const;
export const deviceSearchMaxLength = 200;
/** Of what is said of a row to the clinicians. */
export const deviceWordsMaxLength = 300;
/** What was said of a row before, and what is said besides. */
export const saidTogether = (before: string | undefined, words: string): string =>
  before === undefined ? words : `${before} · ${words}`;
