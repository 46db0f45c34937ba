import { Hono } from "hono";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import {
  contactChange,
  deviceRecalls,
  isRecallOpen,
  linesTaken,
  type Recall,
  type RecallAnswers,
  type RecallContact,
  recall,
  recallAnswers,
  recallBeginning,
  recallChange,
  recallCompareQuery,
  recallList,
  recallPageQuery,
  recallPeople,
  recallPeopleQuery,
  recallWithoutWearer,
} from "#contract/recalls.ts";
import { parseSerial } from "#contract/serial.ts";
import { glucoseRoles, roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { unusable } from "../imports/read-file.ts";
import { readRecall } from "../recalls/read-recall.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { ContactTry } from "../store/recall-contacts.ts";
import type { RecallStore, StoredRecall } from "../store/recalls.ts";
import type { StaffStore } from "../store/staff.ts";
import { fileNameOf } from "./file-name.ts";
import { describe, valid } from "./openapi.ts";

export interface RecallRoutesOptions {
  recalls: RecallStore;
  staff: Pick<StaffStore, "people">;
  statuses: Pick<StatusReader, "renewFacts">;
  log: Logger;
  requireRole: RequireRole;
  now: () => number;
}

const mostAwaited = 500;

/** Tries with the names of who noted them. */
async function named(
  staff: RecallRoutesOptions["staff"],
  tries: readonly ContactTry[],
): Promise<(one: ContactTry) => RecallContact> {
  const names = await staff.people(tries.map(({ byId }) => byId));
  return ({ outcome, byId, atMs }) => ({ outcome, byName: names.get(byId)?.name ?? null, atMs });
}

function answersIn(text: string): RecallAnswers {
  let given: unknown = null;
  try {
    given = JSON.parse(text);
  } catch {}
  const { data } = recallAnswers.safeParse(given);
  if (data) return data;
  throw new Failure("invalid-request", {
    detail: "The answers are to be a JSON object of options' keys, each with true or false.",
    fields: [{ field: "answers", reason: "invalid" }],
  });
}

/** Only of a file that leaves no doubt, and names something. */
function mustBeClear(compared: StoredRecall): void {
  const refused = (reason: string, detail: string) =>
    new Failure("invalid-request", { detail, fields: [{ field: "file", reason }] });
  if (isRecallOpen(compared.shown))
    throw refused("doubtful", "Something in this file is doubtful: send it again with the answers first.");
  if (linesTaken(compared) === 0) throw refused("nothing-taken", "No line of this file is taken.");
}

const listOf = async (recalls: RecallStore): Promise<z.infer<typeof recallList>> => ({
  recalls: (await recalls.all()).map(({ id, name, createdAtMs }) => ({ id, name, createdAtMs })),
});

/** The recalls that a sensor is in. */
export function createDeviceRecallRoutes({
  recalls,
  staff,
  requireRole,
}: Pick<RecallRoutesOptions, "recalls" | "staff" | "requireRole">): Hono<AppEnv> {
  return new Hono<AppEnv>().get(
    "/:serial/recalls",
    requireRole(...roles),
    describe("The recalls that a sensor is in", deviceRecalls),
    async (c) => {
      const serial = parseSerial(c.req.param("serial"));
      if (!serial) throw new Failure("invalid-request", { detail: "This is no serial number." });
      await c.get("audit")({ action: "device.view", subject: serial });
      const found = await recalls.ofSensor(serial);
      const tryOf = await named(
        staff,
        found.flatMap(({ contact }) => contact ?? []),
      );
      const shown = found.map(({ id, name, createdAtMs, instruction, contact, isToldBefore }) => ({
        id,
        name,
        createdAtMs,
        instruction,
        contact: contact && tryOf(contact),
        isToldBefore,
      }));
      return c.json({ recalls: shown } satisfies z.infer<typeof deviceRecalls>);
    },
  );
}

/** Which sensors that were recalled are ours, who wears them, and who has been told. The platform is not asked. */
export function createRecallRoutes(options: RecallRoutesOptions): Hono<AppEnv> {
  const { recalls, staff, statuses, log, requireRole, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...roles));

  const recallOf = async (id: string): Promise<StoredRecall> => {
    const found = await recalls.byId(id);
    if (!found?.isBegun) throw new Failure("not-found", { detail: "No recall has this ID." });
    return found;
  };
  /** The list says whose sensors are recalled; of very many it does so while they are gone through. */
  const renewFacts = async (patientIds: readonly string[]): Promise<void> => {
    const renewing = (async () => {
      for (const id of patientIds) await statuses.renewFacts(id);
    })();
    if (patientIds.length <= mostAwaited) return renewing;
    renewing.catch((error: unknown) =>
      log.warn({ err: error }, "who wears a recalled sensor is renewed later"),
    );
  };
  const answerOf = async (found: StoredRecall): Promise<Recall> => {
    const { total } = await recalls.people(found.id, { open: false, offset: 0, limit: 1 }, now());
    return {
      ...found,
      sensors: await recalls.places(found.id, now()),
      people: total,
      contacts: await recalls.contacts(found.id),
      toldBefore: await recalls.countToldBefore(found.id),
      withoutWearer: await recalls.countWithoutWearer(found.id),
    };
  };

  routes.post(
    "/",
    describe(
      "Compare the serial numbers of a file (the body, its name in x-file-name) with ours; no recall is begun. What is doubtful is asked: send the file again with the answers",
      recall,
      "Compared",
    ),
    valid("query", recallCompareQuery),
    async (c) => {
      const { body, signal } = c.req.raw;
      if (!body) throw unusable("blank");
      const answers = answersIn(c.req.valid("query").answers);
      const id = await recalls.compare(fileNameOf(c), now());
      try {
        const found = await readRecall(recalls, id, body, signal, answers);
        await recalls.catchUp(id);
        await recalls.noteFound(id, found);
        const compared = await recalls.byId(id);
        if (!compared) throw new Failure("not-found", { detail: "This recall was removed meanwhile." });
        await c.get("audit")({ action: "recall.compare", subject: id });
        return c.json({ ...(await answerOf(compared)), unknown: found.unknown }, 201);
      } catch (error) {
        await recalls.remove(id);
        throw error;
      }
    },
  );

  routes.post(
    "/:id/begin",
    describe("Begin the recall of a file that was compared; everybody sees it from then on", recall),
    valid("json", recallBeginning),
    async (c) => {
      const id = c.req.param("id");
      const compared = await recalls.byId(id);
      if (compared && !compared.isBegun) mustBeClear(compared);
      if (!(await recalls.begin(id, c.req.valid("json").name, now())))
        throw new Failure("not-found", { detail: "No file that was compared has this ID, or it is begun." });
      await renewFacts(await recalls.wearers(id));
      await c.get("audit")({ action: "recall.start", subject: id });
      return c.json(await answerOf(await recallOf(id)));
    },
  );

  routes.get("/", describe("The recalls that are kept, of everybody", recallList), async (c) => {
    await c.get("audit")({ action: "recall.view" });
    return c.json(await listOf(recalls));
  });

  routes.get(
    "/:id",
    describe("What of a recall is ours, and how far its contacts have come", recall),
    async (c) => {
      const found = await recallOf(c.req.param("id"));
      await c.get("audit")({ action: "recall.view", subject: found.id });
      return c.json(await answerOf(found));
    },
  );

  routes.patch(
    "/:id",
    describe(
      "Note what wearers are to be told, and whether those told before are to be told again; answers with the recall",
      recall,
    ),
    valid("json", recallChange),
    async (c) => {
      const { id } = await recallOf(c.req.param("id"));
      const { instruction, tellAgain } = c.req.valid("json");
      await recalls.setInstruction(id, instruction, tellAgain ? now() : null);
      await renewFacts(await recalls.wearers(id));
      await c.get("audit")({ action: "recall.change", subject: id });
      return c.json(await answerOf(await recallOf(id)));
    },
  );

  routes.get(
    "/:id/people",
    describe("Who wears or wore a recalled sensor, each once, those who wear one now first", recallPeople),
    valid("query", recallPeopleQuery),
    async (c) => {
      const { id } = await recallOf(c.req.param("id"));
      const { people, total } = await recalls.people(id, c.req.valid("query"), now());
      const seesPhone = glucoseRoles.includes(c.get("staff").role);
      const tryOf = await named(
        staff,
        people.flatMap(({ tries }) => tries),
      );
      await c.get("audit")({
        action: "recall.view",
        subject: id,
        details: {
          shown: people.length,
          ...(people.length > 0 && { patients: people.map((person) => person.patientId).join(" ") }),
        },
      });
      const shown = people.map(({ phone, tries, ...person }) => ({
        ...person,
        phone: seesPhone ? phone : null,
        tries: tries.map(tryOf),
      }));
      return c.json({ people: shown, total } satisfies z.infer<typeof recallPeople>);
    },
  );

  routes.get(
    "/:id/without-wearer",
    describe("Recalled sensors that nobody here is known to wear or to have worn", recallWithoutWearer),
    valid("query", recallPageQuery),
    async (c) => {
      const { id } = await recallOf(c.req.param("id"));
      await c.get("audit")({ action: "recall.view", subject: id });
      return c.json({
        sensors: await recalls.withoutWearer(id, c.req.valid("query"), now()),
        total: await recalls.countWithoutWearer(id),
      } satisfies z.infer<typeof recallWithoutWearer>);
    },
  );

  routes.put(
    "/:id/people/:patientId",
    describe("Note a try to tell somebody, or take the last one back; answers with the recall", recall),
    valid("json", contactChange),
    async (c) => {
      const found = await recallOf(c.req.param("id"));
      const patientId = c.req.param("patientId");
      const { outcome, instructedAtMs: seenMs = found.instructedAtMs } = c.req.valid("json");
      if (!(await recalls.isOf(found.id, patientId)))
        throw new Failure("patient-unknown", { detail: "This patient has none of the recalled sensors." });
      if (outcome === "contacted" && seenMs !== found.instructedAtMs)
        throw new Failure("invalid-request", {
          detail:
            "What wearers are to be told was changed meanwhile: tell them what it is now, then note it.",
          fields: [{ field: "outcome", reason: "instruction-changed" }],
        });
      const contact = outcome && { outcome, byId: c.get("staff").id, atMs: now() };
      const isKept = contact === null || (await recalls.noteTry(found.id, patientId, contact));
      const noted = outcome ?? (await recalls.takeBackTry(found.id, patientId));
      await renewFacts([patientId]);
      await c.get("audit")({
        action: outcome === null ? "patient.recall-undo" : "patient.recall-contact",
        subject: patientId,
        outcome: isKept ? "ok" : "failed",
        details: { recall: found.id, ...(noted !== null && { outcome: noted }) },
      });
      if (!isKept)
        throw new Failure("invalid-request", {
          detail: "Of this patient as many tries are kept as can be.",
          fields: [{ field: "outcome", reason: "too-many" }],
        });
      return c.json(await answerOf(found));
    },
  );

  routes.delete(
    "/:id",
    requireRole("administrator"),
    describe("Forget a recall and its contacts; answers with those left", recallList),
    async (c) => {
      const { id } = await recallOf(c.req.param("id"));
      const wearers = await recalls.wearers(id);
      await recalls.remove(id);
      await renewFacts(wearers);
      await c.get("audit")({ action: "recall.remove", subject: id });
      return c.json(await listOf(recalls));
    },
  );

  return routes;
}
