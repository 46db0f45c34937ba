import type { Role } from "#contract/staff.ts";
import { ApiError } from "../http.ts";

export type SignInOutcome =
  | { kind: "signed-in" }
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
  if (response.ok) return { kind: "signed-in" };
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

/** One click, on the sandbox only; elsewhere the server has no such endpoint. */
export const signInAs = (role: Role): Promise<SignInOutcome> => post("/api/auth/demo/sign-in", { role });
