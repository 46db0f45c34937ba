/** What a lot number is made of. */
export const lotPattern = /^[\x20-\x7e]{1,40}$/;
