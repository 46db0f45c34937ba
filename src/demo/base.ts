/** This file is built into a folder of its own within the demonstration's. */
const here = import.meta.url;

/** The path that the demonstration lies under, without its last slash: empty at the root of a host. */
export const base = new URL("..", here).pathname.slice(0, -1);

/** A path of the browser as the app has it. */
export const withinBase = (pathname: string): string => pathname.slice(base.length) || "/";
