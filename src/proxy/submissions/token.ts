import * as z from "zod";
import { SendFailure, saidIn } from "./ask.ts";

const answer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  expires_in: z.number().optional(),
  /** With a launch: who is open there. */
  patient: z.unknown().optional(),
});

/** Of RFC 6749's characters, and as much as servers take in a header. */
const bearer = /^[\x21-\x7e]{1,8000}$/;

/** The token that a server gives; RFC 6749 wants its type said, and we know no other one than bearer. */
export function tokenIn(body: unknown): { token: string; lifeS: number; patient: unknown } {
  const read = answer.safeParse(body);
  if (!read.success) throw new SendFailure("token-refused", { said: saidIn(body) });
  const { access_token: token, token_type: type, expires_in: lifeS = 60, patient } = read.data;
  if (type?.toLowerCase() !== "bearer" || !bearer.test(token)) throw new SendFailure("token-unusable");
  return { token, lifeS, patient };
}
