import * as z from "zod/mini";
import { newPassword } from "./password.ts";
import { roles } from "./staff.ts";

export const invitationDays = 7;

const shown = {
  /** To join, or for someone who is here already to choose a new password. */
  purpose: z.enum(["join", "new-password"]),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  expiresAtMs: z.number(),
};

const invitation = z.object({ id: z.string(), createdAtMs: z.number(), ...shown });
export type Invitation = z.infer<typeof invitation>;

/** `GET /api/invitations`, for administrators: the links that still work, the newest first. */
export const invitationList = z.object({ invitations: z.array(invitation) });
export type InvitationList = z.infer<typeof invitationList>;

/**
 * The answer of `POST /api/invitations` and of `POST
 * /api/staff/{id}/password-link`: the only time the link is told.
 */
export const newLink = z.object({ invitation, link: z.string() });
export type NewLink = z.infer<typeof newLink>;

const token = z.string("required").check(z.maxLength(200, "too-long"));

/** The body of `POST /api/invitations/look`, open to all who have a link. */
export const invitationToken = z.object({ token });

/** What it answers: to whom the link was given. */
export const invitationShown = z.object(shown);
export type InvitationShown = z.infer<typeof invitationShown>;

/** The body of `POST /api/invitations/accept`. */
export const acceptance = z.object({ token, password: newPassword });

/** Its answer; not signed in yet where a second factor is asked for first. */
export const accepted = z.object({ signedIn: z.boolean() });
export type Accepted = z.infer<typeof accepted>;
