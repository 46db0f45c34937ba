import { Hono } from "hono";
import * as z from "zod";
import { roles } from "#contract/staff.ts";
import { isStorable } from "#contract/text.ts";
import type { AppEnv } from "../../app-env.ts";
import { Failure } from "../../failure.ts";
import { libraryRequest } from "../library-request.ts";
import { refused } from "./answers.ts";
import { actorOf, attemptOf, type SignInServices } from "./attempt.ts";
import { readBody } from "./body.ts";
import { signInByCode } from "./code.ts";
import { signInByPassword } from "./password.ts";
import { beginAtProvider, returnFromProvider } from "./provider.ts";

/** Before anything is made of it: what people type is far shorter. */
const text = z.string().max(320).refine(isStorable);
const credentials = z.object({ email: text, password: text });
const secondStep = z.object({ code: z.string().max(64).refine(isStorable) });
const demo = z.object({ role: z.enum(roles) });
const atProvider = z.strictObject({
  provider: z.literal("oidc"),
  callbackURL: z.literal("/sign-in"),
  errorCallbackURL: z.literal("/sign-in"),
});

/**
 * `/api/auth`. better-auth has many more addresses and takes other media types; nothing but these reaches it,
 * and of a body only what its schema names. Attempts are counted by the lock-out, and every sign-in,
 * sign-out, wrong code and lock-out is in the audit trail.
 */
export function createSignInRoutes(
  services: SignInServices,
  { isSandbox, hasSingleSignOn }: { isSandbox: boolean; hasSingleSignOn: boolean },
): Hono<AppEnv> {
  const { auth, audit } = services;
  const routes = new Hono<AppEnv>();

  routes.get("/get-session", async (c) => c.json(await auth.sessionOf(c.req.raw.headers)));

  routes.post("/sign-in/email", async (c) =>
    signInByPassword(services, attemptOf(c, audit), await readBody(c.req.raw, credentials)),
  );

  for (const path of ["/two-factor/verify-totp", "/two-factor/verify-backup-code"] as const)
    routes.post(path, async (c) => {
      const { code } = await readBody(c.req.raw, secondStep);
      return signInByCode(services, attemptOf(c, audit), path, code);
    });

  routes.post("/sign-out", async (c) => {
    const body = await readBody(c.req.raw, z.object({}));
    const { request, origin, record } = attemptOf(c, audit);
    const actor = (await auth.sessionOf(request.headers))?.user ?? null;
    const response = await auth.fetch(libraryRequest({ request, origin }, "/sign-out", body));
    // Who is not signed in leaves no row: anybody can send that without end.
    if (actor) await record("sign-out", response.ok ? "ok" : "failed", { actor });
    return response;
  });

  if (hasSingleSignOn) {
    routes.post("/sign-in/social", async (c) =>
      beginAtProvider(services, attemptOf(c, audit), await readBody(c.req.raw, atProvider)),
    );
    routes.get("/callback/oidc", (c) => returnFromProvider(services, attemptOf(c, audit)));
  }

  if (isSandbox)
    routes.post("/demo/sign-in", async (c) => {
      const body = await readBody(c.req.raw, demo);
      const attempt = attemptOf(c, audit);
      const response = await auth.fetch(libraryRequest(attempt, "/demo/sign-in", body));
      const actor = await actorOf(auth, response);
      await attempt.record("sign-in", response.ok ? "ok" : "failed", { actor });
      return refused(response);
    });

  routes.on(["GET", "POST"], "/*", async (c) => {
    if ((await auth.sessionOf(c.req.raw.headers))?.mustEnrol)
      throw new Failure("second-factor-needed", { detail: "Set up a second factor first." });
    throw new Failure("not-found", { detail: "There is nothing at this address." });
  });

  return routes;
}
