import { type Recall, recall } from "#contract/recalls.ts";
import { json, type World } from "#test/support/world.ts";

/** Compares a file with what is known here and begins a recall with it. */
export async function beginRecall(
  world: Pick<World, "request">,
  body: BodyInit,
  cookie: string,
): Promise<Recall> {
  const headers = { "x-file-name": "recall.csv" };
  // A body that is a stream has to say so.
  const sent = { method: "POST", headers, body, cookie, duplex: "half" };
  const compared = await world.request("/api/recalls", sent);
  const { id, name } = recall.parse(await compared.json());
  const begun = await world.request(`/api/recalls/${id}/begin`, { ...json({ name }), cookie });
  return recall.parse(await begun.json());
}
