import { cookiePrefixFor } from "./browser-cookie.ts";

/**
 * The secret that a browser brings back from a record: a state that another browser was given opens nothing. Each launch
 * has a cookie of its own, named after its state, so that two tabs do not take each other's away.
 */
export function createLaunchCookies(publicUrl: string, lifeMs: number) {
  const nameOf = (state: string) =>
    `${cookiePrefixFor(publicUrl)}.launch.${state.replaceAll(/[^\w-]/g, "").slice(0, 16)}`;
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  const line = (state: string, value: string, maxAgeS: number) =>
    `${nameOf(state)}=${value}; Max-Age=${maxAgeS}; Path=/; HttpOnly; SameSite=Lax${secure}`;
  return {
    read: (headers: Headers, state: string): string | null => {
      const own = `${nameOf(state)}=`;
      const pairs = (headers.get("cookie") ?? "").split(/;\s*/);
      return pairs.find((pair) => pair.startsWith(own))?.slice(own.length) || null;
    },
    /** The Set-Cookie line. */
    keep: (state: string, secret: string): string => line(state, secret, lifeMs / 1000),
    forget: (state: string): string => line(state, "", 0),
  };
}
