import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { BetterAuthPlugin } from "better-auth/types";
import * as z from "zod";
import { roles } from "#contract/staff.ts";

/**
 * One-click sign-in for the sandbox, `POST /api/auth/demo/sign-in` with `{role}`. Mounted in sandbox mode
 * only. Its people have no password, so that there is no other way in as one of them.
 */
export const demoSignIn = () =>
  ({
    id: "demo-sign-in",
    endpoints: {
      demoSignIn: createAuthEndpoint(
        "/demo/sign-in",
        { method: "POST", body: z.object({ role: z.enum(roles) }) },
        async (ctx) => {
          const { role } = ctx.body;
          const { internalAdapter } = ctx.context;
          const email = `${role}@demo.invalid`;
          const found = await internalAdapter.findUserByEmail(email);
          const name = `Demo ${role}`;
          const user =
            found?.user ??
            (await internalAdapter.createUser(
              { email, name, emailVerified: true, role },
              { method: "demo" },
            ));
          const session = await internalAdapter.createSession(user.id);
          if (!session) throw new APIError("INTERNAL_SERVER_ERROR");
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ user: { id: user.id } });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
