import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import {
  type HealthLink,
  healthLinkList,
  healthLinkRequest,
  type LinkPayload,
  mostHealthLinks,
  newHealthLink,
} from "#contract/health-links.ts";
import type { Patient } from "#contract/patient.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { Passwords } from "../auth/passwords.ts";
import { Failure } from "../failure.ts";
import type { ReadContentOptions } from "../fhir/read-content.ts";
import { makeContent, sealContent } from "../health-links/make-content.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { HealthLinkStore } from "../store/health-links.ts";
import type { PatientStore } from "../store/patients.ts";
import type { StaffStore } from "../store/staff.ts";
import { describe, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";
import { refuseWhileOff } from "./shared-links.ts";

export interface HealthLinkRoutesOptions extends ReadContentOptions {
  patients: PatientStore;
  healthLinks: HealthLinkStore;
  staff: Pick<StaffStore, "people">;
  passwords: Passwords;
  exchange: Pick<ExchangeStore, "read">;
  limitReads: LimitReads;
  requireRole: RequireRole;
  publicUrl: string | null;
}

const sharedPath = "/shl";
const tokenBytes = 32;

const encoded = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");

/** Links with which a patient takes their days along. The key is in the answer of making one, and nowhere else. */
export function createHealthLinkRoutes(options: HealthLinkRoutesOptions): Hono<AppEnv> {
  const { patients, healthLinks, staff, passwords, limitReads, requireRole, publicUrl, now } = options;
  const routes = new Hono<AppEnv>();
  const clinicians = requireRole(...glucoseRoles);
  const siteOf = (c: Context) => publicUrl ?? new URL(c.req.url).origin;

  const idsOf = async ({ id }: Patient) => [id, ...(await patients.mergedInto(id)).map((part) => part.id)];
  async function linksOf(patient: Patient): Promise<HealthLink[]> {
    const links = await healthLinks.of(await idsOf(patient));
    const names = await staff.people(links.map(({ byId }) => byId));
    return links.map(({ byId, ...link }) => ({ ...link, byName: names.get(byId)?.name ?? null }));
  }

  routes.get(
    "/:id/health-links",
    clinicians,
    describe("The links that a patient took along, and who opened them", healthLinkList),
    async (c) => {
      const patient = await recordOf(patients, c.req.param("id"));
      await c.get("audit")({ action: "health-link.view", subject: patient.id });
      return c.json({ links: await linksOf(patient) });
    },
  );

  routes.post(
    "/:id/health-links",
    clinicians,
    limitReads,
    describe("Make a SMART Health Link of a patient's last days", newHealthLink, "Made"),
    valid("json", healthLinkRequest),
    async (c) => {
      const { passcode, lifeDays, ...asked } = c.req.valid("json");
      await refuseWhileOff(options.exchange);
      const patient = await recordOf(patients, c.req.param("id"));
      const key = randomBytes(tokenBytes);
      const token = encoded(randomBytes(tokenBytes));
      const expiresAtMs = now() + Number(lifeDays) * dayMs;
      const details = {
        days: Number(asked.days),
        language: asked.language,
        unit: asked.unit,
        lifeDays: Number(lifeDays),
        passcode: passcode === null ? "no" : "yes",
        holds: "Patient Device Observation DiagnosticReport",
      };
      const look = { action: "health-link.create", subject: patient.id, details } as const;
      const { firstDate, lastDate } = await auditLook(c, look, async () => {
        const content = await makeContent(options, patient, asked, `${siteOf(c)}/fhir`);
        const link = {
          token,
          patientId: patient.id,
          byId: c.get("staff").id,
          firstDate: content.firstDate,
          lastDate: content.lastDate,
          expiresAtMs,
          passcodeHash: passcode === null ? null : await passwords.hash(passcode),
          content: await sealContent(content.bundle, key),
        };
        if (!(await healthLinks.make(link, mostHealthLinks)))
          throw new Failure("invalid-request", {
            detail: `Of one patient ${mostHealthLinks} links work at a time. Revoke one first.`,
            fields: [{ field: "days", reason: "too-many" }],
          });
        return content;
      });
      const payload: LinkPayload = {
        url: `${siteOf(c)}${sharedPath}/${token}`,
        key: encoded(key),
        exp: Math.floor(expiresAtMs / 1000),
        ...(passcode !== null && { flag: "P" }),
        label: `CGM ${firstDate} – ${lastDate}`,
        v: 1,
      };
      const address = `${siteOf(c)}/health-link#shlink:/${encoded(JSON.stringify(payload))}`;
      return c.json({ address, links: await linksOf(patient) }, 201);
    },
  );

  routes.delete(
    "/:id/health-links/:linkId",
    clinicians,
    describe("Revoke a link; answers with all of the patient's", healthLinkList),
    async (c) => {
      const patient = await recordOf(patients, c.req.param("id"));
      const found = await healthLinks.revoke(c.req.param("linkId"), await idsOf(patient));
      if (!found)
        throw new Failure("not-found", { detail: "This patient has no such link, or it is revoked." });
      await c.get("audit")({ action: "health-link.revoke", subject: patient.id });
      return c.json({ links: await linksOf(patient) });
    },
  );

  return routes;
}
