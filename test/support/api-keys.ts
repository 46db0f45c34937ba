import { type MadeApiKey, madeApiKey, type NewApiKey } from "#contract/api-keys.ts";
import { json, type World } from "./world.ts";

/** A key, made as an administrator makes it on the page. */
export async function makeKey(
  { request }: Pick<World, "request">,
  cookie: string,
  key: Partial<NewApiKey> = {},
): Promise<MadeApiKey> {
  const body = { name: "Nightly export", role: "clinician", days: 30, ...key };
  const answer = await request("/api/keys", { ...json(body), cookie });
  return madeApiKey.parse(await answer.json());
}
