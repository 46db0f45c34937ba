import { isRecallOpen, type Recall, recall } from "#contract/recalls.ts";
import { json, type World } from "#test/support/world.ts";

/** Compares a file with what is known here and begins a recall with it; what only words name or lines look like is left out. */
export async function beginRecall(
  world: Pick<World, "request">,
  body: BodyInit,
  cookie: string,
): Promise<Recall> {
  const headers = { "x-file-name": "recall.csv" };
  // A body that is a stream has to say so.
  const sent = { method: "POST", headers, body, cookie, duplex: "half" };
  const compared = await world.request("/api/recalls", sent);
  let { id, name, shown } = recall.parse(await compared.json());
  if (shown && isRecallOpen(shown)) {
    const options = shown.questions.flatMap(({ kind, options: all }) =>
      all.map(({ key }) => [key, kind !== "line" && kind !== "alike"] as const),
    );
    const answers = JSON.stringify(Object.fromEntries(options));
    const again = await world.request(`/api/recalls?${new URLSearchParams({ answers })}`, sent);
    ({ id, name, shown } = recall.parse(await again.json()));
  }
  const begun = await world.request(`/api/recalls/${id}/begin`, { ...json({ name }), cookie });
  return recall.parse(await begun.json());
}
