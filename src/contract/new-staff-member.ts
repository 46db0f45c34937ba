import * as z from "zod/mini";
import { humanText } from "./human-text.ts";
import { roles } from "./staff.ts";

export const staffNameMaxLength = 120;

/**
 * Whom an administrator lets in, and as what. Issue messages are stable words; the client translates them.
 */
export const newStaffMember = z.object({
  name: humanText(staffNameMaxLength),
  email: z
    .string("required")
    .check(z.trim(), z.minLength(1, "required"), z.maxLength(254, "too-long"), z.email("email")),
  role: z.enum(roles),
});
export type NewStaffMember = z.infer<typeof newStaffMember>;
