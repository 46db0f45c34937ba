import * as z from "zod";
import { roles } from "#contract/staff.ts";
import { isStorable } from "#contract/text.ts";
import { Failure } from "../failure.ts";
import { readJson, requireJson } from "../http/read-json.ts";

/** Before anything is made of it: what people type is far shorter. */
const text = z.string().max(320).refine(isStorable);
const code = z.object({ code: z.string().max(64).refine(isStorable) });

/**
 * All that is answered under /api/auth, with the body that each takes. The library has many more addresses and takes other media
 * types; nothing that is not written here reaches it, and of a body only what is.
 */
const ways = {
  "GET /get-session": null,
  "POST /sign-in/email": z.object({ email: text, password: text }),
  "POST /two-factor/verify-totp": code,
  "POST /two-factor/verify-backup-code": code,
  "POST /sign-in/social": z.strictObject({
    provider: z.literal("oidc"),
    callbackURL: z.literal("/sign-in"),
    errorCallbackURL: z.literal("/sign-in"),
  }),
  "GET /callback/oidc": null,
  "POST /demo/sign-in": z.object({ role: z.enum(roles) }),
  "POST /sign-out": z.object({}),
} as const;

export type Way = keyof typeof ways;

/** What an address and a method stand for; null for whatever is not one of ours, however it is written. */
export function wayOf({ method, url }: Pick<Request, "method" | "url">): Way | null {
  const path = new URL(url).pathname.slice("/api/auth".length);
  const way = `${method === "HEAD" ? "GET" : method} ${path}`;
  return Object.hasOwn(ways, way) ? (way as Way) : null;
}

/** The body of a way as its schema takes it, which is all that is known of it from here on. */
export async function bodyOf<W extends Way>(way: W, request: Request): Promise<BodyOf<W>> {
  const schema: z.ZodType | null = ways[way];
  if (!schema) return undefined as BodyOf<W>;
  const type = request.headers.get("content-type");
  if (type !== null) requireJson(type);
  const sent = await request.text();
  if (sent !== "") requireJson(type);
  const body = sent === "" ? {} : await readJson(async () => JSON.parse(sent));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data as BodyOf<W>;
  const fields = parsed.error.issues.map(({ path }) => ({ field: path.join("."), reason: "required" }));
  throw new Failure("invalid-request", {
    detail: "Some of what was sent cannot be used; see fields.",
    fields,
  });
}

type BodyOf<W extends Way> = (typeof ways)[W] extends z.ZodType ? z.infer<(typeof ways)[W]> : undefined;
