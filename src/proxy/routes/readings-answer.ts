import { createHash } from "node:crypto";
import type { Context } from "hono";
import { LRUCache } from "lru-cache";
import type * as z from "zod/mini";
import { columnsOf } from "#contract/reading-columns.ts";
import type { readingsResponse } from "#contract/readings.ts";
import type { ReadingSeries } from "#glucose/reading-series.ts";
import type { AppEnv } from "../app-env.ts";
import { answerWhole } from "../http/common-headers.ts";
import { type Encoded, encodeJson, encodingFor, sendEncoded } from "../http/compressed-json.ts";
import { freshMs } from "../platform/range-cache.ts";
import type { PlatformReadings } from "../platform/types.ts";
import { shortKey } from "../short-key.ts";
import { createSingleFlight } from "../single-flight.ts";

interface Answer extends Encoded {
  etag: string;
}

/** Some fifteen hundred reads of two weeks, or three hundred of ninety days. */
const maxBytes = 24 * 1024 * 1024;
/** What an answer takes besides its bytes. */
const overheadBytes = 1000;

/**
 * Answers by the read they are of and all that is in them besides its columns, until others need the room.
 */
const made = new LRUCache<string, Answer>({
  maxSize: maxBytes,
  sizeCalculation: ({ bytes }) => bytes.byteLength + overheadBytes,
  ttl: freshMs,
});
const makeOnce = createSingleFlight<Answer>();

let lastId = 0;
const ids = new WeakMap<ReadingSeries, number>();

function idOf(series: ReadingSeries): number {
  const id = ids.get(series) ?? ++lastId;
  ids.set(series, id);
  return id;
}

async function make(read: PlatformReadings, encoding: Encoded["encoding"]): Promise<Answer> {
  const { series, from, to, ...rest } = read;
  const body = { ...rest, readings: columnsOf(series, from, to) } as z.infer<typeof readingsResponse>;
  const encoded = await encodeJson(body, encoding);
  const etag = `"${createHash("sha256").update(encoded.bytes).digest("base64url").slice(0, 22)}"`;
  return { ...encoded, etag };
}

/**
 * Answers with readings by column. The same part of the same read is put into bytes once, whoever asks
 * and to whatever millisecond: which range it was is not in them. Nothing of it is sent to a client that
 * has the same bytes (`If-None-Match`).
 */
export async function readingsAnswer(c: Context<AppEnv>, read: PlatformReadings): Promise<Response> {
  const { series, ...rest } = read;
  const encoding = encodingFor(c);
  // What could not be read is named one by one, and may be more than the answer's bytes.
  const key = shortKey(JSON.stringify([idOf(series), encoding, rest]));
  const known = made.get(key);
  const { etag, ...encoded } = known ?? (await makeOnce(() => make(read, encoding), key));
  if (!known) made.set(key, { ...encoded, etag });
  if (c.req.header("if-none-match") !== etag) return sendEncoded(c, encoded, { etag });
  return answerWhole(c, null, 304, { etag, vary: "accept-encoding" });
}
