/**
 * The library keeps the state of a sign-in at the provider in one cookie, so that a second tab takes the
 * first one's away. Here each has a cookie of its own, named after its state.
 */
export function createStateCookies(name: string) {
  const nameOf = (state: string) => `${name}.${state.replaceAll(/[^\w-]/g, "").slice(0, 16)}`;

  /** Hands the library's cookie on under its state's name. */
  const rename = (response: Response, state: string): Response => {
    const cookies = response.headers.getSetCookie();
    const headers = new Headers(response.headers);
    headers.delete("set-cookie");
    for (const cookie of cookies)
      headers.append(
        "set-cookie",
        cookie.startsWith(`${name}=`) ? nameOf(state) + cookie.slice(name.length) : cookie,
      );
    return new Response(response.body, { status: response.status, headers });
  };

  return {
    rename,
    /** What the library is to see of a browser's cookies when the provider sends it back with this state. */
    restore: (cookies: string, state: string): string => {
      const own = `${nameOf(state)}=`;
      return cookies
        .split(/;\s*/)
        .filter((pair) => !pair.startsWith(`${name}=`))
        .map((pair) => (pair.startsWith(own) ? `${name}=${pair.slice(own.length)}` : pair))
        .join("; ");
    },
  };
}
