import * as z from "zod/mini";
import { type Role, type SignInError, signInErrors } from "#contract/staff.ts";
import { ApiError } from "../http.ts";

export type SignInOutcome =
  | { kind: "signed-in" }
  | { kind: "wrong" }
  | { kind: "leaving" }
  | { kind: "refused"; error: SignInError | "other" }
  | { kind: "rate-limited"; retryAfterS: number | null }
  | { kind: "failed"; error: ApiError };

/** A reason that came with an address or an answer; what we do not know is never shown. */
export const toSignInError = (text: unknown): SignInError | "other" =>
  signInErrors.find((known) => known === text) ?? "other";

type ToOutcome = (answer: Response) => SignInOutcome | Promise<SignInOutcome>;
const isSignedIn: ToOutcome = () => ({ kind: "signed-in" });

async function codeIn(response: Response): Promise<SignInError | "other"> {
  const body: unknown = await response.json().catch(() => null);
  return toSignInError(typeof body === "object" && body !== null && "code" in body ? body.code : null);
}

/** better-auth answers in its own shape, not in problem details, so that here the status tells. */
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
  if (response.ok) return toOutcome(response);
  if (response.status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? response.headers.get("x-retry-after"));
    return { kind: "rate-limited", retryAfterS: seconds > 0 ? Math.ceil(seconds) : null };
  }
  // 400 is what it says to an address that is none.
  if (response.status === 400 || response.status === 401) return { kind: "wrong" };
  const refused = await codeIn(response);
  if (refused !== "other") return { kind: "refused", error: refused };
  const code = response.status === 403 ? "forbidden" : response.status >= 500 ? "internal" : "bad-answer";
  return { kind: "failed", error: new ApiError(code, response.status) };
}

export const signIn = (email: string, password: string): Promise<SignInOutcome> =>
  post("/api/auth/sign-in/email", { email, password });

/** One click, on the sandbox only; elsewhere the server has no such endpoint. */
export const signInAs = (role: Role): Promise<SignInOutcome> => post("/api/auth/demo/sign-in", { role });

const away = z.object({ url: z.string() });

/** Leaves for the sign-in service, which sends the browser back to /sign-in. */
export const beginSingleSignOn = (): Promise<SignInOutcome> =>
  post(
    "/api/auth/sign-in/social",
    { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" },
    async (answer) => {
      window.location.assign(away.parse(await answer.json()).url);
      return { kind: "leaving" };
    },
  );
