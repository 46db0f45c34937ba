import type * as z from "zod";
import { Failure } from "../../failure.ts";
import { readJson, requireJson } from "../../http/read-json.ts";

/**
 * A body as `schema` takes it, which is all that is known of it from here on. None at all is an empty object.
 */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers.get("content-type");
  if (type !== null) requireJson(type);
  const sent = await request.text();
  if (sent !== "") requireJson(type);
  const body = sent === "" ? {} : await readJson(async () => JSON.parse(sent));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => ({ field: path.join("."), reason: "required" }));
  throw new Failure("invalid-request", {
    detail: "Some of what was sent cannot be used; see fields.",
    fields,
  });
}
