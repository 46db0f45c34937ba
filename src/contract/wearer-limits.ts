const shortest = 2;

/** A shorter text begins too many names; one Chinese character is a surname. */
export const isWearerSearch = (q: string): boolean => q.length >= shortest || /\p{Script=Han}/u.test(q);
