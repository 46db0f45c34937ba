import * as z from "zod/mini";
import { type LikelyDuplicate, sharedIdentities } from "./identity.ts";

export const likelyDuplicate = z.object({
  id: z.string(),
  name: z.string(),
  partnerUid: z.string(),
  dateOfBirth: z.nullable(z.string()),
  same: z.enum(sharedIdentities),
}) satisfies z.ZodMiniType<LikelyDuplicate>;
