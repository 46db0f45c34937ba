import { Hono } from "hono";
import { markedPatient, newNote, notesQuery, patientNotes } from "#contract/worklist-acts.ts";
import type { AppEnv } from "../app-env.ts";
import type { PatientNoteStore } from "../store/patient-notes.ts";
import { describe, valid } from "./openapi.ts";
import { noSuchPatient } from "./patient-record.ts";
import { actorOf, auditAct } from "./worklist-acts.ts";

export interface PatientNoteOptions {
  notes: PatientNoteStore;
  now: () => number;
}

/** What colleagues write about a patient for each other; the trail has who and when, never the text. */
export function createPatientNoteRoutes({ notes, now }: PatientNoteOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(
    "/:id/notes",
    describe("The notes about a patient, the newest first", patientNotes),
    valid("query", notesQuery),
    async (c) => {
      const page = await notes.list(c.req.param("id"), c.req.valid("query").before);
      if (!page) throw noSuchPatient();
      await c.get("audit")({ action: "patient-notes.view", subject: page.patientId });
      return c.json(page);
    },
  );

  routes.post(
    "/:id/notes",
    describe("Write a note about a patient", markedPatient, "Kept"),
    valid("json", newNote),
    async (c) => {
      const id = c.req.param("id");
      const acted = await notes.add(id, actorOf(c, now), c.req.valid("json").text);
      return c.json(await auditAct(c, id, { action: "patient.note" }, acted), 201);
    },
  );

  routes.delete(
    "/:id/notes/:noteId",
    describe("Remove one's own note about a patient", markedPatient),
    async (c) => {
      const { id, noteId } = c.req.param();
      const acted = await notes.remove(id, actorOf(c, now), noteId);
      return c.json(await auditAct(c, id, { action: "patient.note-remove" }, acted));
    },
  );

  return routes;
}
