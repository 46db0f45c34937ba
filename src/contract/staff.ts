import * as z from "zod/mini";

export const roles = ["clinician", "support", "administrator"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Roles that may see a patient and glucose values. Support sees devices and how complete their data is. */
export const glucoseRoles: readonly Role[] = ["clinician", "administrator"];

/** `GET /api/about`, open to all: what the sign-in page and the client's clock need to know. */
export const about = z.object({
  platform: z.enum(["sandbox", "partner"]),
  /** The server's clock, Unix ms. Ages on screen count from this, not from a workstation's clock. */
  nowMs: z.number(),
  /** How many times faster than real time the server's clock runs; 1 unless the sandbox was sped up. */
  clockSpeed: z.number(),
});
export type About = z.infer<typeof about>;

/** `GET /api/auth/get-session` (better-auth), the part the client uses; null when signed out. */
export const session = z.nullable(
  z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.string(), role }) }),
);
export type Session = z.infer<typeof session>;
