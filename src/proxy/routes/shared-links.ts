import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { type Manifest, manifest, manifestRequest } from "#contract/health-links.ts";
import { minuteMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit } from "../audit/write.ts";
import type { Passwords } from "../auth/passwords.ts";
import { Failure } from "../failure.ts";
import { contentType } from "../health-links/make-content.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { HealthLinkStore, OpenLink } from "../store/health-links.ts";
import type { Sealer } from "../store/seal.ts";
import { describe, describeFile, valid } from "./openapi.ts";

export interface SharedLinkOptions {
  healthLinks: HealthLinkStore;
  passwords: Passwords;
  /** For addresses of files. */
  ticketSealer: Sealer;
  audit: Audit;
  exchange: Pick<ExchangeStore, "read">;
  publicUrl: string | null;
  now: () => number;
}

/** Much less than the hour that the specification allows. */
const ticketLifeMs = 10 * minuteMs;

/** While all exchange is off nothing leaves by a link, and none is made. */
export async function refuseWhileOff(exchange: Pick<ExchangeStore, "read">): Promise<void> {
  if (!(await exchange.read()).isOn)
    throw new Failure("forbidden", {
      detail: "An administrator of this clinic has turned off all exchange with others.",
    });
}

const ended = () =>
  new Failure("not-found", {
    detail: "This link was revoked, has run out, was locked by wrong passcodes, or never was.",
  });

/**
 * What a SMART Health Link asks for, by anybody who has it, from any site: its manifest, and its file by an address that
 * works for some minutes.
 */
export function createSharedLinkRoutes(options: SharedLinkOptions): Hono<AppEnv> {
  const { healthLinks, passwords, ticketSealer, audit, exchange, publicUrl, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(cors({ origin: "*", allowMethods: ["GET", "POST"], allowHeaders: ["content-type"] }));

  const record = (c: Context<AppEnv>, link: OpenLink, recipient: string, outcome: "ok" | "failed") =>
    audit({
      actor_id: null,
      actor_role: null,
      action: "health-link.open",
      subject: link.patientId,
      outcome,
      details: { link: link.id, recipient },
      request_id: c.get("requestId"),
      client_address: c.get("clientAddress"),
    });

  routes.post(
    "/:token",
    describe("The manifest of a SMART Health Link", manifest),
    valid("json", manifestRequest),
    async (c) => {
      const token = c.req.param("token");
      const { recipient, passcode = "", embeddedLengthMax = Number.POSITIVE_INFINITY } = c.req.valid("json");
      await refuseWhileOff(exchange);
      const link = await healthLinks.open(token);
      if (!link) throw ended();
      const { passcodeHash, content, createdAtMs } = link;
      // Who asks without one has not tried any: so a receiver finds out that it needs one.
      if (passcodeHash !== null && passcode.trim() === "")
        return c.json({ remainingAttempts: link.triesLeft }, 401);
      if (passcodeHash !== null) {
        const left = await healthLinks.takeTry(link.id);
        if (left === null) throw ended();
        if (!(await passwords.verify({ hash: passcodeHash, password: passcode.trim() }))) {
          await healthLinks.noteOpening(link.id, recipient, true, true);
          await record(c, link, recipient, "failed");
          return c.json({ remainingAttempts: left }, 401);
        }
      }
      await healthLinks.noteOpening(link.id, recipient, false, passcodeHash !== null);
      await record(c, link, recipient, "ok");
      const ticket = ticketSealer.seal(JSON.stringify({ id: link.id, untilMs: now() + ticketLifeMs }));
      const site = publicUrl ?? new URL(c.req.url).origin;
      const file = {
        contentType,
        lastUpdated: new Date(createdAtMs).toISOString(),
        status: "finalized",
        fhirVersion: "4.0.1",
      } as const;
      const answer: Manifest = {
        files: [
          content.length <= embeddedLengthMax
            ? { ...file, embedded: content }
            : { ...file, location: `${site}/shl/${token}/file?ticket=${ticket}` },
        ],
      };
      return c.json(answer);
    },
  );

  routes.get(
    "/:token/file",
    describeFile("The file of a SMART Health Link", "application/jose"),
    async (c) => {
      await refuseWhileOff(exchange);
      const link = await healthLinks.open(c.req.param("token"));
      const ticket = ticketSealer.open(c.req.query("ticket") ?? "");
      const { id, untilMs }: { id?: string; untilMs?: number } = ticket ? JSON.parse(ticket) : {};
      if (!link || link.id !== id || (untilMs ?? 0) < now()) throw ended();
      return c.body(link.content, 200, { "content-type": "application/jose" });
    },
  );

  return routes;
}
