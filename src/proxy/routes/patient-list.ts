import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import { pastedLines, type ResolvedLines, resolvedLines } from "#contract/appointments.ts";
import { readCalendarDate } from "#contract/calendar-date.ts";
import { lookedUpPatient, type Patient, partnerUidLookup, patient } from "#contract/patient.ts";
import { duplicateQuery, identityFields, likelyDuplicates, newPatient } from "#contract/patient-change.ts";
import { rosterFacets, rosterPage } from "#contract/roster.ts";
import { rosterQuery } from "#contract/roster-query.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { compressedJson } from "../http/compressed-json.ts";
import type { RegisterPatient } from "../roster/register-patient.ts";
import { resolveList } from "../roster/resolve-list.ts";
import type { Roster } from "../roster/roster.ts";
import { searchWords } from "../roster/terms.ts";
import type { AppointmentStore } from "../store/appointments.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";

export interface PatientListOptions {
  patients: PatientStore;
  roster: Roster;
  register: RegisterPatient;
  appointments: Pick<AppointmentStore, "idsOf">;
  fingerprint: (text: string) => string;
  now: () => number;
}

/** More of one name than that are told apart by an ID. */
const mostOfOneName = 20;

type Seen = Record<string, string | number>;

/** How many patients an answer shows, from which place of the list, and which. */
export const seenIn = (rows: readonly Pick<Patient, "id">[], from = 0): Seen => ({
  shown: rows.length,
  ...(from > 0 ? { from } : {}),
  ...(rows.length > 0 ? { patients: rows.map(({ id }) => id).join(" ") } : {}),
});

/** Finds patients, and adds one. */
export function createPatientListRoutes(options: PatientListOptions): Hono<AppEnv> {
  const { patients, roster, register, appointments, fingerprint, now } = options;
  const routes = new Hono<AppEnv>();

  /**
   * A name that was searched for may be anyone's and the trail is permanent: it keeps a
   * keyed fingerprint, and who was shown.
   */
  const auditSearch = (c: Context<AppEnv>, q: string, found: number, seen: Seen) =>
    c.get("audit")({
      action: "patients.search",
      details: {
        found,
        text: fingerprint(searchWords(q).join(" ")),
        ...seen,
      },
    });

  routes.post(
    "/search",
    describe("Patients who match, in order", rosterPage),
    valid("json", rosterQuery),
    async (c) => {
      const query = c.req.valid("json");
      const staff = c.get("staff");
      const isOfToday = query.filter.appointments || query.sort === "appointments";
      const today = isOfToday ? await appointments.idsOf(staff.id) : [];
      const page = await roster.search(query, { ...staff, appointments: today });
      const seen = seenIn([...page.rows, ...page.near], query.offset);
      if (query.q.trim()) await auditSearch(c, query.q, page.total, seen);
      else await c.get("audit")({ action: "patients.view", details: { found: page.total, ...seen } });
      return compressedJson(c, page);
    },
  );

  routes.post(
    "/resolve",
    describe("Whom the lines of a pasted list mean", resolvedLines),
    valid("json", pastedLines),
    async (c) => {
      const search = async (q: string, archived: boolean) => {
        const query = rosterQuery.parse({ q, limit: mostOfOneName, filter: { archived } });
        return (await roster.search(query, c.get("staff"))).rows;
      };
      const lookup = await roster.lineLookup();
      const resolved: ResolvedLines = { lines: [], ignored: [], notAppointments: [] };
      const { lines, today = new Date(now()).toISOString().slice(0, 10) } = c.req.valid("json");
      if (readCalendarDate(today) !== today)
        throw new Failure("invalid-request", { fields: [{ field: "today", reason: "unknown" }] });
      for (const { line, ...found } of await resolveList(lines, {
        search,
        lookup,
        today,
      })) {
        const seen = found.lines.flatMap(({ exact, like }) => [...exact, ...like]);
        await auditSearch(c, line, seen.length, seenIn(seen));
        resolved.lines.push(...found.lines);
        resolved.ignored.push(...found.ignored);
        resolved.notAppointments.push(...found.notAppointments);
      }
      return c.json({ ...resolved, ignored: [...new Set(resolved.ignored)] } satisfies z.infer<
        typeof resolvedLines
      >);
    },
  );

  routes.get("/facets", describe("What the patients can be filtered by", rosterFacets), async (c) =>
    c.json(await roster.facets()),
  );

  routes.post(
    "/lookup",
    describe("Who has a partner user ID here", lookedUpPatient),
    valid("json", partnerUidLookup),
    async (c) => {
      const { partnerUid } = c.req.valid("json");
      const found = await patients.byPartnerUid(partnerUid);
      const similar = found ? null : ((await roster.withUidsLike([partnerUid])).get(partnerUid) ?? null);
      const seen = found ?? similar;
      await auditSearch(c, partnerUid, seen ? 1 : 0, seenIn(seen ? [seen] : []));
      if (seen) await c.get("audit")({ action: "patient.view", subject: seen.id });
      return c.json({ patient: found, similar } satisfies z.infer<typeof lookedUpPatient>);
    },
  );

  routes.post(
    "/duplicates",
    describe("Who here is likely the same person", likelyDuplicates),
    valid("json", duplicateQuery),
    async (c) => {
      const { id, name, ...typed } = c.req.valid("json");
      const person = {
        id,
        name,
        dateOfBirth: identityFields.dateOfBirth.safeParse(typed.dateOfBirth).data ?? null,
        hospitalNumber: identityFields.hospitalNumber.safeParse(typed.hospitalNumber).data ?? null,
        phone: identityFields.phone.safeParse(typed.phone).data ?? null,
      };
      const [found = []] = await roster.duplicatesOf([person]);
      await auditSearch(c, name, found.length, seenIn(found));
      return c.json({ patients: found } satisfies z.infer<typeof likelyDuplicates>);
    },
  );

  routes.post(
    "/",
    describe(
      "Register a patient; one whose partner user ID is here already is answered as is",
      patient,
      "Registered",
    ),
    valid("json", newPatient),
    async (c) => {
      const { patient: registered, created } = await register(c.req.valid("json"));
      await c.get("audit")({
        action: created ? "patient.register" : "patient.register-again",
        subject: registered.id,
      });
      return c.json(registered, created ? 201 : 200);
    },
  );

  return routes;
}
