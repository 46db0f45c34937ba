import { Hono } from "hono";
import type { Kysely } from "kysely";
import * as z from "zod/mini";
import {
  type AuditPage,
  type AuditVerification,
  auditChoices,
  auditPage,
  auditQuery,
  auditVerification,
  type ClientAuditEvent,
  clientAuditEventBody,
  clientAuditEvents,
} from "#contract/audit.ts";
import { parseSerial } from "#contract/serial.ts";
import { type Role, roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { AuditChain } from "../audit/chain.ts";
import { createAuditNames } from "../audit/names.ts";
import { shownRows } from "../audit/shown-rows.ts";
import { createAuditTrail } from "../audit/trail.ts";
import { verifyAudit } from "../audit/verification.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import { Failure } from "../failure.ts";
import { compressedJson } from "../http/compressed-json.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { ApiKeyStore } from "../store/api-keys.ts";
import type { ImportStore } from "../store/imports.ts";
import type { LookupStore } from "../store/lookups.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import type { Tables } from "../store/schema.ts";
import type { SensorCaseStore } from "../store/sensor-cases.ts";
import { describe, valid } from "./openapi.ts";

export interface AuditRoutesOptions {
  db: Kysely<Tables>;
  chain: AuditChain;
  auth: StaffAuth;
  keyStore: Pick<ApiKeyStore, "list">;
  patients: PatientStore;
  imports: ImportStore;
  lists: LookupStore;
  cases: Pick<SensorCaseStore, "byId">;
  recalls: RecallStore;
  requireRole: RequireRole;
  now: () => number;
}

/** Rejects a subject that does not exist, so that no free text gets into the trail. */
async function subjectOf(
  stores: Pick<AuditRoutesOptions, "patients" | "imports" | "lists" | "recalls" | "cases">,
  event: ClientAuditEvent,
  subject: string | undefined,
): Promise<string | undefined> {
  const kind = clientAuditEvents[event].subject;
  const isNamed = subject !== undefined;
  const fields = [{ field: "subject", reason: isNamed ? "unexpected" : "required" }];
  if (isNamed !== (kind !== null))
    throw new Failure("invalid-request", { detail: "This event has a subject, or none.", fields });
  if (!isNamed || kind === null) return undefined;
  if (kind === "device") {
    const serial = parseSerial(subject);
    if (!serial) throw new Failure("invalid-request", { detail: "This is no serial number." });
    return serial;
  }
  const { patients: patient, imports, lists, recalls: recall, cases } = stores;
  const byKind = { patient, import: imports, "sensor-list": lists, recall, case: cases };
  const found = await byKind[kind].byId(subject);
  if (!found) throw new Failure("not-found", { detail: "Nothing here has this ID." });
  return found.id;
}

export function createAuditRoutes(options: AuditRoutesOptions): Hono<AppEnv> {
  const { db, chain, auth, keyStore, requireRole, now } = options;
  const trail = createAuditTrail(db);
  const names = createAuditNames(db);
  const routes = new Hono<AppEnv>();
  const administrator = requireRole("administrator");

  routes.get(
    "/",
    administrator,
    describe("Who did what, newest first; reading it is a row of its own", auditPage),
    valid("query", auditQuery),
    async (c) => {
      const { subject, ...query } = c.req.valid("query");
      await c.get("audit")({ action: query.export ? "audit.export" : "audit.view", subject });
      const staff = await auth.list();
      // Until they came in, a colleague was an invited address.
      const addresses = staff.filter(({ id }) => id === subject).map(({ email }) => email);
      const subjects = subject === undefined ? [] : [subject, ...addresses];
      const { rows, next } = await trail.page({ ...query, subjects });
      const actors = [...staff, ...(await keyStore.list())];
      return compressedJson(c, { ...(await shownRows(names, actors, rows)), next } satisfies AuditPage);
    },
  );

  routes.get(
    "/choices",
    administrator,
    describe("Whom and what the audit trail can be filtered by", auditChoices),
    async (c) => {
      const actors = [...(await auth.list()), ...(await keyStore.list())];
      const people = actors.map(({ id, name }) => ({ id, name }));
      const { lastSeq: rows } = await trail.ends();
      return c.json({ people, actions: await trail.actions(), rows });
    },
  );

  // One that is asked for while it runs is the same answer.
  const shareVerification = createSingleFlight<AuditVerification>();
  routes.get(
    "/verification",
    administrator,
    describe("Whether the audit trail is complete and unaltered, read row by row", auditVerification),
    async (c) => {
      const answer = await shareVerification(() => verifyAudit(trail, chain, now()));
      const { rows, faultCount, uncheckedRows } = answer;
      await c.get("audit")({
        action: "audit.verify",
        outcome: faultCount === 0 ? "ok" : "failed",
        details: {
          rows,
          faults: faultCount,
          ...(uncheckedRows > 0 ? { unchecked: uncheckedRows } : {}),
        },
      });
      return c.json(answer);
    },
  );

  routes.post(
    "/events",
    requireRole(...roles),
    describe("Say that something this browser already has was exported, printed or copied", z.object({})),
    valid("json", clientAuditEventBody),
    async (c) => {
      const { event, subject } = c.req.valid("json");
      const allowed: readonly Role[] = clientAuditEvents[event].roles;
      const { role } = c.get("staff");
      if (!allowed.includes(role)) {
        await c.get("audit")({ action: event, outcome: "forbidden" });
        throw new Failure("forbidden", { detail: `The role ${role} has nothing to ${event}.` });
      }
      await c.get("audit")({ action: event, subject: await subjectOf(options, event, subject) });
      return c.json({});
    },
  );

  return routes;
}
