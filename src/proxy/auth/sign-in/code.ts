import type { AuditAction } from "#contract/audit.ts";
import { libraryRequest } from "../library-request.ts";
import type { Attempt as Counted } from "../lock-out.ts";
import { plainCode } from "../plain-code.ts";
import { recoveryCodeCount } from "../second-factor.ts";
import { answerWith, json, readAnswer, refused, tooMany } from "./answers.ts";
import { type Attempt, rememberBrowser, type SignInServices } from "./attempt.ts";

const actions = {
  "/two-factor/verify-totp": "sign-in.code",
  "/two-factor/verify-backup-code": "sign-in.recovery-code",
} as const satisfies Record<string, AuditAction>;

/** The second step after the right password. */
export async function signInByCode(
  services: SignInServices,
  attempt: Attempt,
  path: keyof typeof actions,
  typed: string,
): Promise<Response> {
  const { auth, lockOut, browserCookie } = services;
  const { request, record } = attempt;
  const isSignedIn = (await auth.sessionOf(request.headers)) !== null;
  const who = isSignedIn ? null : await auth.challengedUser(request.headers);
  if (!who) return json(401, { code: "INVALID_TWO_FACTOR_COOKIE" });
  const action = actions[path];
  if (!(await auth.canCheckSecondFactor(who.id))) {
    await record(action, "failed", { actor: who });
    return json(403, { code: "SECOND_FACTOR_UNREADABLE" });
  }
  const code = plainCode(typed);
  const made: Counted<Response> = await lockOut.withCode(
    who.email,
    code,
    async (isKnown) => {
      const ask = () => auth.fetch(libraryRequest(attempt, path, { code }, isKnown));
      // Another recovery code of theirs served in the same moment: this one is tried after it.
      let value = await ask();
      for (let i = 1; value.status === 409 && i < recoveryCodeCount; i += 1) value = await ask();
      if (value.status === 409) value = json(401, { code: "INVALID_TWO_FACTOR_COOKIE" });
      const isWrong = value.status === 401 && (await readAnswer(value)).code?.startsWith("INVALID_");
      return { value, verdict: value.ok ? "passed" : isWrong ? "failed" : "neither" };
    },
    () => json(401, { code: "INVALID_CODE" }),
    browserCookie.read(request.headers),
  );
  const isLimited = made.kind === "locked" || made.value.status === 429;
  const outcome = isLimited ? "locked" : made.value.ok ? "ok" : "failed";
  await record(action, outcome, { actor: who });
  if (outcome === "ok") await record("sign-in", "ok", { actor: who });
  if (made.kind === "locked") return tooMany(made.forMs);
  if (made.lockedNow) await record("account.lock-out", "ok", { subject: who.id });
  if (!made.value.ok) return refused(made.value);
  return answerWith({ signedIn: true }, made.value, await rememberBrowser(services, request, who.email));
}
