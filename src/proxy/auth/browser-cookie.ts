import { randomBytes } from "node:crypto";

/**
 * Every cookie's name begins with this. `__Host-` keeps other hosts of the same
 * site, and plain HTTP, from setting them.
 */
export const cookiePrefixFor = (publicUrl: string): string =>
  publicUrl.startsWith("https:") ? "__Host-trendline" : "trendline";

const lifeS = 180 * 86_400;

/**
 * Tells a browser that somebody has signed in with from all others, for the lock-out. It opens nothing. One
 * for each browser, for everybody who signs in there: what it stands for is in the database.
 */
export function createBrowserCookie(publicUrl: string) {
  const name = `${cookiePrefixFor(publicUrl)}.browser`;
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return {
    read: (headers: Headers): string | null => {
      const pairs = (headers.get("cookie") ?? "").split(/;\s*/);
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
      return /^[\w-]{43}$/.test(value) ? value : null;
    },
    make: (): string => randomBytes(32).toString("base64url"),
    /** The Set-Cookie line that keeps it for another half a year. */
    keep: (value: string): string =>
      `${name}=${value}; Max-Age=${lifeS}; Path=/; HttpOnly; SameSite=Lax${secure}`,
  };
}
export type BrowserCookie = ReturnType<typeof createBrowserCookie>;
