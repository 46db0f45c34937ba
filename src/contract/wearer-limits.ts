/** A shorter text begins too many names. */
export const shortestWearerSearch = 2;
