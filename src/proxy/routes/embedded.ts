import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import { deviceJourney } from "#contract/device.ts";
import { embeddedDevice, embedOpening, type OpenedEmbed, openedEmbed } from "#contract/embed.ts";
import type { Patient } from "#contract/patient.ts";
import { readingsResponse } from "#contract/readings.ts";
import { readingsRange } from "#contract/readings-range.ts";
import { deviceRecalls } from "#contract/recalls.ts";
import { patientSummary } from "#contract/roster.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit } from "../audit/write.ts";
import type { RequirePass } from "../auth/embed-guard.ts";
import { type EmbedClaims, type Embeds, embedFailure } from "../auth/embeds.ts";
import { recorder, recordRefusal, stranger } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import { serialOf } from "./device-states.ts";
import {
  type Looks,
  lookAtDevice,
  lookAtDeviceReadings,
  lookAtJourney,
  lookAtReadings,
  lookAtSummary,
} from "./looks.ts";
import { describe, valid } from "./openapi.ts";
import { readingsAnswer } from "./readings-answer.ts";

export interface EmbeddedOptions extends Looks {
  embeds: Embeds;
  recalls: Pick<RecallStore, "ofSensor">;
  requirePass: RequirePass;
  limitReads: LimitReads;
  audit: Audit;
}

/** Who is shown, while their record is what it was when the token was made. */
async function stillThere(patients: Pick<PatientStore, "byId">, id: string): Promise<Patient> {
  const found = await patients.byId(id);
  if (!found || found.archivedAtMs !== null || found.mergedInto !== null) throw embedFailure("gone");
  return found;
}

const outside = () => new Failure("forbidden", { detail: "This view is of somebody or something else." });

function claimsOf(c: Context<AppEnv>): EmbedClaims {
  const claims = c.get("embed");
  if (!claims) throw new Error("a view without a pass");
  return claims;
}

/** The patient whom the pass is for, if it is the one asked about. */
async function patientOf(c: Context<AppEnv>, patients: Pick<PatientStore, "byId">): Promise<Patient> {
  const { of } = claimsOf(c);
  if (of.kind !== "patient" || of.patientId !== c.req.param("id")) throw outside();
  return stillThere(patients, of.patientId);
}

/** The sensor that the pass is for, if it is the one asked about. */
function sensorOf(c: Context<AppEnv>): string {
  const { of } = claimsOf(c);
  const serial = serialOf(c.req.param("serial") ?? "");
  if (of.kind !== "sensor" || of.serial !== serial) throw outside();
  return serial;
}

async function shownOf(
  { patients }: EmbeddedOptions,
  { of }: EmbedClaims,
  role: "clinician" | "support",
): Promise<OpenedEmbed["shown"]> {
  if (of.kind === "sensor") return { ...of, seesGlucose: glucoseRoles.includes(role) };
  const { id, name, partnerUid, timeZone, targets } = await stillThere(patients, of.patientId);
  return { kind: "patient", patient: { id, name, partnerUid, timeZone, targets } };
}

/**
 * What a frame in a partner's page is told: it comes with a token that the page handed over, which is used up, and asks
 * with the pass that it got for it. The addresses are those of the API, each of exactly one patient or sensor.
 */
export function createEmbeddedRoutes(options: EmbeddedOptions): Hono<AppEnv> {
  const { embeds, recalls, requirePass, limitReads, audit } = options;
  const routes = new Hono<AppEnv>();

  routes.post(
    "/",
    describe("Use a token up: what is shown, and a pass for it", openedEmbed),
    valid("json", embedOpening),
    async (c) => {
      const { token, parentOrigin } = c.req.valid("json");
      const opened = await embeds.open(token, parentOrigin, c.get("clientAddress"));
      if ("failure" in opened) {
        const { key, claims, reason } = opened;
        const asking = key ? { ...key, session: claims?.id ?? key.id } : stranger;
        if (reason !== "too-many")
          await recordRefusal(c, audit, asking, key ? "forbidden" : "failed", { embed: reason });
        throw opened.failure;
      }
      const { claims, key, pass } = opened;
      const { of, language, unit, scheme, expiresAtMs } = claims;
      const shown = await shownOf(options, claims, key.role);
      await recorder(c, audit, { ...key, session: claims.id })({
        action: of.kind === "patient" ? "patient-embed.open" : "device-embed.open",
        subject: of.kind === "patient" ? of.patientId : of.serial,
        details: { framedBy: parentOrigin },
      });
      return c.json({ pass, expiresAtMs, shown, language, unit, scheme } satisfies OpenedEmbed);
    },
  );

  routes.get(
    "/patients/:id/summary",
    requirePass,
    limitReads,
    describe("In a partner's page: where its patient is now", patientSummary),
    async (c) => c.json(await lookAtSummary(c, options, await patientOf(c, options.patients))),
  );

  routes.get(
    "/patients/:id/readings",
    requirePass,
    limitReads,
    describe("In a partner's page: its patient's readings, by column", readingsResponse),
    valid("query", readingsRange, "range-invalid"),
    async (c) => {
      const found = await patientOf(c, options.patients);
      return readingsAnswer(c, await lookAtReadings(c, options, found, c.req.valid("query")));
    },
  );

  routes.get(
    "/devices/:serial",
    requirePass,
    describe("In a partner's page: the life of its sensor, or of one of its patient's", embeddedDevice),
    async (c) => {
      const { of } = claimsOf(c);
      const serial = of.kind === "sensor" ? sensorOf(c) : serialOf(c.req.param("serial"));
      if (of.kind === "patient") await stillThere(options.patients, of.patientId);
      const { found, state, owner, timeZone, targets } = await lookAtDevice(c, options, serial);
      const isTheirs = owner.kind === "patient" && of.kind === "patient" && owner.patientId === of.patientId;
      if (of.kind === "patient" && !isTheirs) throw outside();
      const { openId: _, partnerId: __, appId: ___, ...dates } = found;
      return c.json({ ...dates, state, timeZone, targets } satisfies z.infer<typeof embeddedDevice>);
    },
  );

  routes.get(
    "/devices/:serial/journey",
    requirePass,
    limitReads,
    describe("In a partner's page: what became of its sensor's data, without a value", deviceJourney),
    async (c) => c.json(await lookAtJourney(c, options, sensorOf(c))),
  );

  routes.get(
    "/devices/:serial/recalls",
    requirePass,
    describe("In a partner's page: the recalls that its sensor is in", deviceRecalls),
    async (c) => {
      const serial = sensorOf(c);
      await c.get("audit")({ action: "device.view", subject: serial });
      const found = await recalls.ofSensor(serial);
      const shown = found.map(({ id, name, createdAtMs, instruction }) => ({
        id,
        name,
        createdAtMs,
        instruction,
        contact: null,
        isToldBefore: false,
      }));
      return c.json({ recalls: shown } satisfies z.infer<typeof deviceRecalls>);
    },
  );

  routes.get(
    "/devices/:serial/readings",
    requirePass,
    limitReads,
    describe("In a partner's page: its sensor's readings, where the key may see glucose", readingsResponse),
    async (c) => {
      const serial = sensorOf(c);
      if (!glucoseRoles.includes(c.get("staff").role)) throw outside();
      return readingsAnswer(c, await lookAtDeviceReadings(c, options, serial));
    },
  );

  return routes;
}
