import * as z from "zod/mini";
import { mostKeyDays } from "./api-key-limits.ts";
import { humanText } from "./human-text.ts";

const keyNameMaxLength = 80;

/** As what a program may read. Nobody administers the clinic with a key. */
const keyRole = z.enum(["clinician", "support"]);
export type KeyRole = z.infer<typeof keyRole>;

/** The body of `POST /api/keys`. */
export const newApiKey = z
  .strictObject({
    name: humanText(keyNameMaxLength),
    role: keyRole,
    /** Beside reading, also to register patients; a key of a clinician alone. */
    mayRegister: z._default(z.boolean(), false),
    days: z.number("required").check(z.int("whole"), z.gte(1, "bounds"), z.lte(mostKeyDays, "bounds")),
  })
  .check(
    z.refine(({ role, mayRegister }) => role === "clinician" || !mayRegister, {
      path: ["mayRegister"],
      message: "role",
    }),
  );
export type NewApiKey = z.infer<typeof newApiKey>;

/** `name` is null where nobody here has this ID any more. */
const person = z.object({ id: z.string(), name: z.nullable(z.string()) });

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  role: keyRole,
  mayRegister: z.boolean(),
  /** The last four characters of the key; of the rest only a hash is kept. */
  ending: z.string(),
  madeBy: person,
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
  /** To the minute; null until it was used. */
  lastUsedAtMs: z.nullable(z.number()),
  revoked: z.nullable(z.object({ by: person, atMs: z.number() })),
});
export type ApiKey = z.infer<typeof apiKey>;

/** `GET /api/keys`, for administrators: every key there ever was, the newest first. */
export const apiKeyList = z.object({ keys: z.array(apiKey) });
export type ApiKeyList = z.infer<typeof apiKeyList>;

/** The answer of `POST /api/keys`: the only time the key itself is told. */
export const madeApiKey = z.object({ key: apiKey, secret: z.string() });
export type MadeApiKey = z.infer<typeof madeApiKey>;

/** `GET /api/exchange`, for administrators: whether other programs are told anything. */
export const exchange = z.object({
  isOn: z.boolean(),
  /** Who turned it on or off last; null where nobody ever has. */
  set: z.nullable(z.object({ by: person, atMs: z.number() })),
});
export type Exchange = z.infer<typeof exchange>;

/** The body of `PUT /api/exchange`. */
export const newExchange = z.strictObject({ isOn: z.boolean() });
