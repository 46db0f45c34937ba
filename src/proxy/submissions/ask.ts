import * as z from "zod";
import type { SendProblem, Trouble } from "#contract/receivers.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { hourMs } from "#glucose/time.ts";

/** Nothing came of asking a receiver. */
export class SendFailure extends Error {
  readonly trouble: Trouble;
  /** So long it wants to be left alone. */
  readonly retryAfterMs: number | null;
  constructor(problem: SendProblem, about: Partial<Trouble> & { retryAfterMs?: number | null } = {}) {
    super(problem);
    this.trouble = { problem, status: about.status ?? null, said: about.said ?? "" };
    this.retryAfterMs = about.retryAfterMs ?? null;
  }
}

/** The same may be answered otherwise later. */
const passing: ReadonlySet<SendProblem> = new Set([
  "unreachable",
  "timeout",
  "not-fhir",
  "throttled",
  "server-error",
  "platform",
]);
export const isPassing = ({ problem }: Trouble): boolean => passing.has(problem);

const mostBytes = 2 * 1024 * 1024;
const mostSaid = 300;
/** Whatever it wants: one mistake of its would else hold all that is sent there for days. */
const longestPauseMs = hourMs;

const outcome = z.object({
  issue: z.array(
    z.object({
      code: z.string().optional(),
      diagnostics: z.string().optional(),
      details: z.object({ text: z.string().optional() }).optional(),
    }),
  ),
});
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

/** What an OperationOutcome or an OAuth error says, on one line and bounded. */
export function saidIn(body: unknown): string {
  const asOutcome = outcome.safeParse(body);
  const asOauth = oauthError.safeParse(body);
  const texts = asOutcome.success
    ? asOutcome.data.issue.map(({ code, diagnostics, details }) => details?.text ?? diagnostics ?? code ?? "")
    : asOauth.success
      ? [asOauth.data.error, asOauth.data.error_description ?? ""]
      : [];
  return beginningOf(usableText(texts.filter(Boolean).join("; ").replace(/\s+/g, " ")).trim(), mostSaid);
}

/** Seconds, or a date by the clock of the world. */
function retryAfterMsOf(headers: Headers): number | null {
  const told = headers.get("retry-after");
  if (told === null) return null;
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), longestPauseMs) : null;
}

async function readText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of body ?? []) {
    total += part.byteLength;
    if (total > mostBytes) throw new SendFailure("too-large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const problemOf = (status: number): SendProblem => {
  if (status === 429) return "throttled";
  if (status === 408) return "timeout";
  if (status >= 500) return "server-error";
  if (status >= 400) return status === 401 || status === 403 ? "forbidden" : "refused";
  return "redirect";
};

interface Asked {
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  limitMs: number;
}

/**
 * Asks a receiver once; answers with the JSON of a 2xx. It is led nowhere else, and what it answers is bounded in time and
 * size. Rejects with a SendFailure.
 */
export async function ask(
  url: string,
  { limitMs, headers = {}, ...init }: Asked,
  stopping: AbortSignal,
): Promise<unknown> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(url, {
      ...init,
      headers: { accept: "application/fhir+json, application/json", ...headers },
      redirect: "manual",
      signal: AbortSignal.any([limit, stopping]),
    });
    const body = parsed(await readText(response));
    const { status } = response;
    if (status < 200 || status > 299)
      throw new SendFailure(problemOf(status), {
        status,
        said: saidIn(body),
        retryAfterMs: retryAfterMsOf(response.headers),
      });
    if (typeof body !== "object" || body === null) throw new SendFailure("not-fhir", { status });
    return body;
  } catch (error) {
    if (error instanceof SendFailure) throw error;
    if (limit.aborted) throw new SendFailure("timeout");
    throw new SendFailure("unreachable", { said: reasonOf(error) });
  }
}

/** "ECONNREFUSED", "CERT_HAS_EXPIRED": what the line says, which names nobody. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? cause.code : "";
}
