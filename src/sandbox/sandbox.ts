import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import type { BoxedSensor } from "./boxes.ts";
import type { Clock } from "./clock.ts";
import { controlRoutes } from "./control-routes.ts";
import { createDirectory } from "./directory.ts";
import { breakConnection, cutShort, spokenFor } from "./fault-answers.ts";
import { createFaults, type Fault, type KeptFaults } from "./faults.ts";
import { createNonces, signatureLifeMs } from "./nonces.ts";
import type { PartnerEnv } from "./partner-env.ts";
import { partnerRoutes } from "./partner-routes.ts";
import type { CohortPerson } from "./person.ts";
import type { Scene } from "./scene.ts";
import { createTokens } from "./tokens.ts";
import { codes, type Envelope } from "./wire.ts";

export type { Fault } from "./faults.ts";
export type { CohortPerson } from "./person.ts";

const keptRequests = 20_000;

/** One request that reached the platform. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** HTTP status; 0 when the connection was refused. */
  status: number;
  /** The envelope's code; null when there was no envelope. */
  code: number | null;
  /** Of the body, before any compression. */
  bytes: number;
}

export interface SandboxOptions {
  now: () => number;
  /** The clock that `now` is of, where it is the sandbox's own to set. */
  clock?: Clock;
  appId: string;
  appSecret: string;
  seed?: number;
  /** What dates count from; by default, now. */
  startMs?: number;
  /** Users registered later survive a restart here: who and since when, never glucose. */
  usersFile?: string;
  /** Every *.json in it is replayed as one more person of the cohort. */
  replayDir?: string;
  /** Of a process before this one, to go on with. */
  kept?: Kept;
  /** What `kept()` answers is another now. */
  changed?: () => void;
  /** Puts a sandbox of a scene in the place of this one; without it there are no scenes. */
  begin?: (scene: Scene) => void;
  /** Told in words what was found damaged. */
  warn?: (words: string) => void;
}

/** What was done to a sandbox, besides the users in their file. */
export interface Kept {
  faults: KeptFaults;
  /** Tokens that were issued are valid under it. */
  tokenKey: string;
}

export interface Sandbox {
  /** `bindings` are @hono/node-server's; with them an outage breaks the real connection. */
  fetch(request: Request, bindings?: unknown): Promise<Response>;
  /** The people to onboard, replayed ones included. */
  readonly cohort: readonly CohortPerson[];
  /** Sensors that the cohort has worn, with what stood on their boxes: what a clinic would have scanned. */
  boxes(): readonly BoxedSensor[];
  /** The last 20,000. */
  readonly requests: readonly SandboxRequest[];
  inject(fault: Fault): void;
  kept(): Kept;
  /** As just created: no tokens, faults, log or users registered later. */
  reset(): void;
}

/** The stand-in for the vendor's platform. `/sandbox/*` controls it and needs no signature. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { now, clock, appId, appSecret, seed = 1, usersFile, replayDir, kept, warn = console.warn } = options;
  const nowMs = now();
  const { startMs = nowMs, changed = () => {}, begin } = options;
  const directory = createDirectory({ seed, startMs, nowMs, usersFile, replayDir, warn });
  const tokens = createTokens(kept?.tokenKey);
  const nonces = createNonces();
  const faults = createFaults(kept?.faults, changed);
  const requests: SandboxRequest[] = [];

  function inject(fault: Fault): void {
    if (fault.kind === "expired-tokens") {
      tokens.clear();
      changed();
    } else faults.add(fault);
  }

  const signatureLife = () => clock?.passedWithin(signatureLifeMs) ?? signatureLifeMs;
  const partner = new Hono<PartnerEnv>()
    .route("/partner/v1", partnerRoutes({ now, signatureLife, appId, appSecret, directory, tokens, nonces }))
    .notFound((c) => {
      c.env.answered(codes.noSuchEndpoint);
      return c.json(
        { code: codes.noSuchEndpoint, msg: "no such endpoint", data: {} } satisfies Envelope,
        404,
      );
    });
  const nextLow = (partnerUid: string | null) => directory.nextLow(partnerUid, now());
  const control = controlRoutes({
    now,
    clock,
    seed,
    startMs,
    nextLow,
    changed,
    begin,
    faults,
    inject,
    requests,
  });

  return {
    cohort: directory.cohort,
    boxes: () => directory.boxes(now()),
    requests,
    inject,
    kept: () => ({ faults: faults.kept(), tokenKey: tokens.key }),
    reset() {
      directory.forgetLateUsers();
      tokens.clear();
      nonces.clear();
      faults.clear();
      requests.length = 0;
    },
    async fetch(request, bindings) {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/sandbox/")) return control.fetch(request);

      const entry: SandboxRequest = {
        method: request.method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        status: 0,
        code: null,
        bytes: 0,
      };
      if (requests.push(entry) > keptRequests) requests.shift();

      const met = faults.meet(url.pathname);
      for (const fault of met) if (fault.kind === "latency") await delay(fault.ms ?? 1000, request.signal);
      const has = (kind: Fault["kind"]) => met.some((fault) => fault.kind === kind);
      if (has("outage")) return breakConnection(bindings);
      const spoken = spokenFor(met);
      const answered = (code: number) => {
        entry.code = code;
      };
      const response =
        spoken?.response ??
        (await partner.fetch(request, {
          badRecords: has("bad-records"),
          stranger: has("stranger"),
          answered,
        }));
      if (spoken) entry.code = spoken.code;
      entry.status = response.status;
      const body = new Uint8Array(await response.arrayBuffer());
      entry.bytes = body.byteLength;
      if (has("cut")) return cutShort(bindings, body, response.headers);
      const sent = has("malformed") ? body.subarray(0, Math.floor(body.byteLength / 2)) : body;
      return new Response(sent, { status: response.status, headers: response.headers });
    },
  };
}

/** Gives up as fetch does when the caller gives up. */
async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}
