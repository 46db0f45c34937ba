import type { Role } from "#contract/staff.ts";
import { ApiError } from "../http.ts";

export type SignInOutcome =
  | { kind: "signed-in" }
  /** The password was right; a code is asked for. */
  | { kind: "code-asked" }
  | { kind: "wrong-code" }
  /** The password has to be given anew: it was too long ago, or too many codes were wrong. */
  | { kind: "too-late" }
  | { kind: "wrong" }
  | { kind: "rate-limited"; retryAfterS: number | null }
  | { kind: "failed"; error: ApiError };

/** better-auth answers in its own shape, not in problem details, so that here the status tells. */
async function post(path: string, body: unknown): Promise<SignInOutcome> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    return { kind: "failed", error: new ApiError("offline", cause) };
  }
  const answer: unknown = await response.json().catch(() => null);
  const { twoFactorRedirect, code: word } = (answer ?? {}) as { twoFactorRedirect?: unknown; code?: unknown };
  if (response.ok) return { kind: twoFactorRedirect === true ? "code-asked" : "signed-in" };
  if (word === "INVALID_CODE" || word === "INVALID_BACKUP_CODE") return { kind: "wrong-code" };
  if (word === "INVALID_TWO_FACTOR_COOKIE" || word === "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE")
    return { kind: "too-late" };
  if (response.status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? response.headers.get("x-retry-after"));
    return { kind: "rate-limited", retryAfterS: seconds > 0 ? Math.ceil(seconds) : null };
  }
  // 400 is what it says to an address that is none.
  if (response.status === 400 || response.status === 401) return { kind: "wrong" };
  const code = response.status === 403 ? "forbidden" : response.status >= 500 ? "internal" : "bad-answer";
  return { kind: "failed", error: new ApiError(code, response.status) };
}

export const signIn = (email: string, password: string): Promise<SignInOutcome> =>
  post("/api/auth/sign-in/email", { email, password });

/** The second step: a code of the app, or a recovery code in its place. */
export const signInWithCode = (code: string, kind: "app" | "recovery"): Promise<SignInOutcome> =>
  post(`/api/auth/two-factor/verify-${kind === "app" ? "totp" : "backup-code"}`, { code: code.trim() });

/** One click, on the sandbox only; elsewhere the server has no such endpoint. */
export const signInAs = (role: Role): Promise<SignInOutcome> => post("/api/auth/demo/sign-in", { role });
