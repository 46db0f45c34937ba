import { type Role, type SignInError, signInErrors } from "#contract/staff.ts";
import { ApiError, toApiError } from "../http.ts";

export type SignInOutcome =
  | { kind: "signed-in" }
  /** The password was right; a code is asked for. */
  | { kind: "code-asked" }
  | { kind: "wrong-code" }
  /** The password has to be given anew: it was too long ago, or too many codes were wrong. */
  | { kind: "too-late" }
  | { kind: "wrong" }
  | { kind: "leaving" }
  | { kind: "refused"; error: SignInError | "other" }
  | { kind: "rate-limited"; retryAfterS: number | null }
  | { kind: "failed"; error: ApiError };

/** A reason that came with an address or an answer; what we do not know is never shown. */
export const toSignInError = (text: unknown): SignInError | "other" =>
  signInErrors.find((known) => known === text) ?? "other";

type ToOutcome = (answer: unknown) => SignInOutcome;
const isSignedIn: ToOutcome = () => ({ kind: "signed-in" });

/** Refusals of a sign-in are words of the library's own; all other failures are problem details. */
async function post(path: string, body: unknown, toOutcome: ToOutcome = isSignedIn): Promise<SignInOutcome> {
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
  if (response.ok) return twoFactorRedirect === true ? { kind: "code-asked" } : toOutcome(answer);
  if (word === "INVALID_CODE" || word === "INVALID_BACKUP_CODE") return { kind: "wrong-code" };
  if (word === "INVALID_TWO_FACTOR_COOKIE" || word === "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE")
    return { kind: "too-late" };
  if (response.status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? response.headers.get("x-retry-after"));
    return { kind: "rate-limited", retryAfterS: seconds > 0 ? Math.ceil(seconds) : null };
  }
  // 400 is what it says to an address that is none.
  if (response.status === 400 || response.status === 401) return { kind: "wrong" };
  const refused = toSignInError(word);
  if (refused !== "other") return { kind: "refused", error: refused };
  return { kind: "failed", error: toApiError(response.status, answer) };
}

export const signIn = (email: string, password: string): Promise<SignInOutcome> =>
  post("/api/auth/sign-in/email", { email, password });

/** The second step: a code of the app, or a recovery code in its place. */
export async function signInWithCode(code: string, kind: "app" | "recovery"): Promise<SignInOutcome> {
  const path = `/api/auth/two-factor/verify-${kind === "app" ? "totp" : "backup-code"}`;
  const outcome = await post(path, { code });
  // There is no password on this page that could be wrong; perhaps the second factor was removed meanwhile.
  return outcome.kind === "wrong" ? { kind: "too-late" } : outcome;
}

/** One click, on the sandbox only; elsewhere the server has no such endpoint. */
export const signInAs = (role: Role): Promise<SignInOutcome> => post("/api/auth/demo/sign-in", { role });

/** Leaves for the sign-in service, which sends the browser back to /sign-in. */
export const beginSingleSignOn = (): Promise<SignInOutcome> =>
  post(
    "/api/auth/sign-in/social",
    { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" },
    (answer) => {
      window.location.assign((answer as { url: string }).url);
      return { kind: "leaving" };
    },
  );
