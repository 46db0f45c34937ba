import type { BetterAuthPlugin } from "better-auth";

/** Keeps with each person when they last signed in; sessions, which would tell as well, are removed when they end. */
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
              await ctx?.context.internalAdapter.updateUser(userId, { lastSignInAt: new Date(now()) });
            },
          },
        },
      },
    },
  }),
});
