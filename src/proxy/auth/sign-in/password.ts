import { libraryRequest } from "../library-request.ts";
import type { Verdict } from "../lock-out.ts";
import type { StaffAuth } from "../staff-auth.ts";
import { answerWith, isChallenge, json, refused, tooMany } from "./answers.ts";
import { type Attempt, actorOf, cookiesOf, rememberBrowser, type SignInServices } from "./attempt.ts";

/** Ends the session that an answer has begun. */
async function discard(auth: StaffAuth, attempt: Attempt, response: Response): Promise<void> {
  const out = libraryRequest(attempt, "/sign-out", {});
  out.headers.set("cookie", cookiesOf(response));
  await auth.fetch(out);
}

export async function signInByPassword(
  services: SignInServices,
  attempt: Attempt,
  { email, password }: { email: string; password: string },
): Promise<Response> {
  const { auth, lockOut, browserCookie } = services;
  const { request, record } = attempt;
  const made = await lockOut.attempt(
    email,
    async (isKnown) => {
      const before = await auth.credentialOf(email);
      const value = await auth.fetch(libraryRequest(attempt, "/sign-in/email", { email, password }, isKnown));
      // Changed while the old one was being looked at: whoever knew that one stays out.
      if (value.ok && (await auth.credentialOf(email)) !== before) {
        await discard(auth, attempt, value);
        return { value: json(401, { code: "INVALID_EMAIL_OR_PASSWORD" }), verdict: "failed" as const };
      }
      let verdict: Verdict = "neither";
      if (value.status === 401) verdict = "failed";
      if (value.ok && !(await isChallenge(value))) verdict = "passed";
      return { value, verdict };
    },
    browserCookie.read(request.headers),
  );
  // Looked up whatever the outcome, so that every answer takes the same time.
  const subject = await auth.idOf(email);
  if (made.kind === "locked") {
    await record("sign-in", "locked", { subject });
    return tooMany(made.forMs);
  }
  const { value: response } = made;
  if (!response.ok) {
    await record("sign-in", response.status === 429 ? "locked" : "failed", { subject });
    if (made.lockedNow) await record("account.lock-out", "ok", { subject });
    return refused(response);
  }
  if (await isChallenge(response)) {
    await record("sign-in", "code-asked", { subject });
    return answerWith({ twoFactorRedirect: true }, response);
  }
  await record("sign-in", "ok", { actor: await actorOf(auth, response) });
  return answerWith({ signedIn: true }, response, await rememberBrowser(services, request, email));
}
