import { createHash } from "node:crypto";
import type { Context } from "hono";
import type * as z from "zod/mini";
import { columnsOf, type readingsResponse } from "#contract/readings.ts";
import type { ReadingSeries } from "#glucose/reading-series.ts";
import { type Encoded, encodeJson, encodingFor, sendEncoded } from "../http/compressed-json.ts";
import type { PlatformReadings } from "../platform/types.ts";

interface Answer extends Encoded {
  etag: string;
}

/** More than anybody's pages ask of one read. */
const mostOfOne = 8;

/** Answers by all that is in them besides the columns; they go with the series, which is there for as long as its read is fresh. */
const made = new WeakMap<ReadingSeries, Map<string, Promise<Answer>>>();

async function make(read: PlatformReadings, encoding: Encoded["encoding"]): Promise<Answer> {
  const { series, from, to, ...rest } = read;
  const body = { ...rest, readings: columnsOf(series, from, to) } as z.infer<typeof readingsResponse>;
  const encoded = await encodeJson(body, encoding);
  const etag = `"${createHash("sha256").update(encoded.bytes).digest("base64url").slice(0, 22)}"`;
  return { ...encoded, etag };
}

/**
 * Answers with readings by column. The same part of the same read is put into bytes once, whoever asks and to whatever millisecond: which range it was
 * is not in them. Nothing of it is sent to a client that has the same bytes (`If-None-Match`).
 */
export async function readingsAnswer(c: Context, read: PlatformReadings): Promise<Response> {
  const { series, ...rest } = read;
  const encoding = encodingFor(c);
  const key = JSON.stringify([encoding, rest]);
  const known = made.get(series) ?? new Map<string, Promise<Answer>>();
  made.set(series, known);
  let answer = known.get(key);
  if (!answer) {
    answer = make(read, encoding);
    const [oldest] = known.keys();
    if (known.size >= mostOfOne && oldest !== undefined) known.delete(oldest);
    known.set(key, answer);
    answer.catch(() => known.delete(key));
  }
  const { etag, ...encoded } = await answer;
  c.header("etag", etag);
  if (c.req.header("if-none-match") !== etag) return sendEncoded(c, encoded);
  c.header("vary", "accept-encoding");
  return c.body(null, 304);
}
