import type { BetterAuthPlugin } from "better-auth";

/**
 * Keeps with each person when they last signed in; sessions, which would
 * tell as well, are removed when they end.
 */
export const lastSignIn = (now: () => number): BetterAuthPlugin => ({
  id: "last-sign-in",
  schema: {
    user: { fields: { lastSignInAt: { type: "date", required: false, input: false, returned: false } } },
  },
  init: () => ({
    options: {
      databaseHooks: {
        session: {
          create: {
            after: async ({ userId }, ctx) => {
              // A changed password and a new second factor renew the session of somebody who is signed in.
              if (!ctx || ctx.context.session) return;
              // With a second factor this session is taken back at once, and a code has to follow.
              if (ctx.path === "/sign-in/email") {
                const user = await ctx.context.internalAdapter.findUserById(userId);
                if ((user as { twoFactorEnabled?: unknown } | null)?.twoFactorEnabled) return;
              }
              await ctx.context.internalAdapter.updateUser(userId, { lastSignInAt: new Date(now()) });
            },
          },
        },
      },
    },
  }),
});
