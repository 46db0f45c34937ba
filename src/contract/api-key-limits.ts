export const mostKeyDays = 365;
export const keyPrefix = "tl_";

/** IDs of keys are told from those of people, whom the same columns and rows name. */
export const isKeyId = (id: string): boolean => id.startsWith("key-");
