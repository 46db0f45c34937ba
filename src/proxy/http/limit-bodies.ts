import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { largestImportBytes } from "#contract/import.ts";
import { largestListBytes } from "#contract/lookups.ts";
import { largestRecallBytes } from "#contract/recalls.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { networkOf } from "./client-address.ts";

const kB = 1024;
const MB = 1024 * kB;

/** What one kind of body may be, and how much of them is in this process at a time. */
interface Rule {
  mostBytes: number;
  mostOfAllBytes: number;
  /** From one client address, so that nobody takes all of it. */
  mostOfOneBytes: number;
  /** All of it must be there by then. */
  arrivesWithinMs: number;
  tooLarge: () => Failure;
}

const small: Rule = {
  mostBytes: 100 * kB,
  mostOfAllBytes: 32 * MB,
  mostOfOneBytes: 4 * MB,
  arrivesWithinMs: 10_000,
  tooLarge: () => new Failure("invalid-request", { detail: "The body is too large." }),
};
/** For requests before sign-in, apart from the others': all the connections of one address do not fill it. */
const signIn: Rule = { ...small, mostBytes: 8 * kB, mostOfAllBytes: 16 * MB };
/** Only a file of patients or a list of sensors may be large. */
const file: Rule = {
  mostBytes: largestImportBytes,
  mostOfAllBytes: 2 * largestImportBytes,
  mostOfOneBytes: 2 * largestImportBytes,
  arrivesWithinMs: 120_000,
  tooLarge: () =>
    new Failure("invalid-request", {
      detail: "The file is too large.",
      fields: [{ field: "file", reason: "too-large" }],
    }),
};

const list: Rule = { ...file, mostBytes: largestListBytes };
/** Read as it comes, and kept nowhere. */
const recall: Rule = {
  ...file,
  mostBytes: largestRecallBytes,
  mostOfAllBytes: 4 * largestRecallBytes,
  mostOfOneBytes: 2 * largestRecallBytes,
  arrivesWithinMs: 600_000,
};

const isBeforeSignIn = (path: string) =>
  path.startsWith("/api/auth/") ||
  path === "/api/embedded" ||
  path.startsWith("/api/invitations/") ||
  path.startsWith("/shl/");

function ruleFor({ req: { path } }: Context): Rule {
  if (path === "/api/imports") return file;
  if (path === "/api/look-ups") return list;
  if (path === "/api/recalls") return recall;
  return isBeforeSignIn(path) ? signIn : small;
}

const busy = () =>
  new Failure("server-busy", {
    detail: "Too much is being sent to this server at once. Try again in a few seconds.",
    retryAfterS: 5,
  });
const brokenOff = (cause: unknown) =>
  new Failure("invalid-request", { detail: "The request broke off before all of it was here.", cause });
const tooSlow = () =>
  new Failure("body-too-slow", { detail: "The request did not arrive in time. Send it again." });

/** Bytes that are here until their request has been answered, in all and from each address. */
function createHeld({ mostOfAllBytes, mostOfOneBytes }: Rule) {
  let all = 0;
  const from = new Map<string, number>();
  return {
    /** False where it would be too much; then nothing was added. */
    add(address: string, bytes: number): boolean {
      const own = (from.get(address) ?? 0) + bytes;
      if (all + bytes > mostOfAllBytes || own > mostOfOneBytes) return false;
      all += bytes;
      from.set(address, own);
      return true;
    },
    release(address: string, bytes: number): void {
      all -= bytes;
      const own = (from.get(address) ?? 0) - bytes;
      if (own > 0) from.set(address, own);
      else from.delete(address);
    },
  };
}

/** Passes a body on as it is asked for, until `take` refuses a part of it or the time is up. */
function limited(
  body: ReadableStream<Uint8Array>,
  withinMs: number,
  take: (bytes: number) => Failure | null,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let untilMs: number | null = null;
  const giveUp = (controller: ReadableStreamDefaultController<Uint8Array>, failure: Failure) => {
    controller.error(failure);
    // Nobody waits for the rest of it.
    reader.cancel(failure).catch(() => {});
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        untilMs ??= performance.now() + withinMs;
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<"late">((resolve) => {
          timer = setTimeout(() => resolve("late"), untilMs === null ? 0 : untilMs - performance.now());
        });
        try {
          const part = await Promise.race([reader.read(), late]);
          if (part === "late") return giveUp(controller, tooSlow());
          if (part.done) return controller.close();
          const refused = take(part.value.byteLength);
          if (refused) return giveUp(controller, refused);
          controller.enqueue(part.value);
        } catch (error) {
          giveUp(controller, brokenOff(error));
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read before somebody wants it: whether they may send it is found out first.
    { highWaterMark: 0 },
  );
}

/**
 * Bodies are read when a route asks for them, which is after it has looked who sends them, and then no
 * further, no longer and no more of them at a time than a rule says.
 */
export function createLimitBodies() {
  const heldBy = new Map([small, signIn, file, list, recall].map((rule) => [rule, createHeld(rule)]));
  return createMiddleware<AppEnv>(async function limitBodies(c, next) {
    const isBodyless = c.req.method === "GET" || c.req.method === "HEAD";
    // Looking at the body makes Node's whole request, which is dear.
    const body = isBodyless ? null : c.req.raw.body;
    if (!body) return next();
    const rule = ruleFor(c);
    const declaredBytes = Number(c.req.header("content-length") ?? Number.POSITIVE_INFINITY);
    if (c.req.header("content-length") !== undefined && declaredBytes > rule.mostBytes) {
      c.header("connection", "close");
      throw rule.tooLarge();
    }
    const held = heldBy.get(rule);
    const address = networkOf(c.get("clientAddress"));
    let ownBytes = 0;
    const take = (bytes: number): Failure | null => {
      if (ownBytes + bytes > rule.mostBytes) return rule.tooLarge();
      if (!held?.add(address, bytes)) return busy();
      ownBytes += bytes;
      return null;
    };
    c.req.raw = new Request(c.req.raw, {
      body: limited(body, rule.arrivesWithinMs, take),
      duplex: "half",
    });
    if (!Number.isFinite(declaredBytes))
      c.set("readUnsized", async () => {
        c.req.raw = new Request(c.req.raw, { body: await c.req.raw.arrayBuffer() });
        c.set("readUnsized", undefined);
      });
    try {
      await next();
    } finally {
      held?.release(address, ownBytes);
    }
    // Nobody reads the rest of it, so the next request cannot come after it.
    if (ownBytes < declaredBytes && declaredBytes > small.mostBytes) c.header("connection", "close");
  });
}
