import { Hono } from "hono";
import type * as z from "zod/mini";
import { madeEmbedToken, newEmbedToken } from "#contract/embed.ts";
import { embedLifeMs } from "#contract/embed-limits.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { EmbedClaims, Embeds } from "../auth/embeds.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { PatientStore } from "../store/patients.ts";
import { serialOf } from "./device-states.ts";
import { describe, valid } from "./openapi.ts";
import { noSuchPatient, recordOf } from "./patient-record.ts";

export interface EmbedTokenOptions {
  embeds: Embeds;
  patients: Pick<PatientStore, "byId">;
  /** Programs alone. */
  requireKey: RequireRole;
  embedOrigins: readonly string[];
  publicUrl: string;
}

const notAllowed = () =>
  new Failure("invalid-request", {
    detail:
      "Pages of this origin may not show Trendline: whoever runs this server names them in EMBED_ORIGINS.",
    fields: [{ field: "parentOrigin", reason: "not-allowed" }],
  });

/** Whom a token is for: the record that theirs became a part of; nobody who is archived. */
async function patientFor(patients: Pick<PatientStore, "byId">, id: string): Promise<string> {
  const named = await recordOf(patients, id);
  const found = named.mergedInto === null ? named : await recordOf(patients, named.mergedInto);
  if (found.archivedAtMs !== null) throw noSuchPatient();
  return found.id;
}

/** A partner's server asks for what its page hands to the frame. */
export const createEmbedTokenRoutes = (options: EmbedTokenOptions): Hono<AppEnv> =>
  new Hono<AppEnv>().post(
    "/",
    options.requireKey("clinician", "support"),
    describe("A token for one patient or one sensor in a frame of a page of yours", madeEmbedToken, "Made"),
    valid("json", newEmbedToken),
    async (c) => {
      const { patient, serial, ...asked } = c.req.valid("json");
      const { id: keyId, role } = c.get("staff");
      if (!options.embedOrigins.includes(asked.parentOrigin)) throw notAllowed();
      if (patient !== undefined && !glucoseRoles.includes(role))
        throw new Failure("forbidden", { detail: `The role ${role} may not do this.` });
      const of: EmbedClaims["of"] =
        patient === undefined
          ? { kind: "sensor", serial: serialOf(serial ?? "") }
          : { kind: "patient", patientId: await patientFor(options.patients, patient) };
      const token = options.embeds.issue({ ...asked, keyId, of });
      await c.get("audit")({
        action: of.kind === "patient" ? "patient-embed.token" : "device-embed.token",
        subject: of.kind === "patient" ? of.patientId : of.serial,
        details: { framedBy: asked.parentOrigin },
      });
      const made = { token, expiresInS: embedLifeMs / 1000, frameUrl: `${options.publicUrl}/embed` };
      return c.json(made satisfies z.infer<typeof madeEmbedToken>, 201);
    },
  );
