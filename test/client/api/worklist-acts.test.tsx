import { InfiniteQueryObserver, MutationObserver } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { patientQueries } from "#client/api/patients.ts";
import { worklistMutations, worklistQueries } from "#client/api/worklist-acts.ts";
import { createQueryClient } from "#client/app/query-client.ts";
import type { PatientMarks } from "#contract/patient-marks.ts";
import { buildPage, buildRow, failing, serveFaults } from "../app/render-app.tsx";

const server = serveFaults();
const marks: PatientMarks = {
  review: { number: 3, by: "u1", atMs: 1, reasons: [{ key: "low", value: 4.5 }] },
  snooze: null,
  handOver: null,
  notes: { count: 0, newest: null },
};
const list = patientQueries.page({ filter: {}, sort: "name", down: false }, "", 0);
const notes = worklistQueries.notes("p1");

/** A client that has the list and a patient's notes, and what it sends. */
function clientWithRow() {
  const client = createQueryClient();
  client.setQueryData(list.queryKey, buildPage([buildRow({ id: "p1" }), buildRow({ id: "p2" })]));
  client.setQueryData(notes.queryKey, {
    pages: [{ patientId: "p1", notes: [], next: null }],
    pageParams: [null],
  });
  const sent: [string, string, unknown][] = [];
  server.use(
    http.all("*/api/patients/*", async ({ request }) => {
      sent.push([request.method, new URL(request.url).pathname, await request.json()]);
      return HttpResponse.json({ patientId: "p1", marks, others: [] });
    }),
  );
  return {
    client,
    sent,
    rows: () => client.getQueryData(list.queryKey)?.rows.map((row) => row.marks),
    isStale: (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated,
  };
}

test("an act shows in the row at once and makes the lists stale", async () => {
  const { client, sent, rows, isStale } = clientWithRow();
  await new MutationObserver(client, worklistMutations.review("p1")).mutate({ seen: 2 });
  expect(rows()).toEqual([marks, null]);
  expect([isStale(list.queryKey), isStale(notes.queryKey)]).toEqual([true, false]);
  await new MutationObserver(client, worklistMutations.undoReview("p1")).mutate({ number: 3 });
  const snooze = new MutationObserver(client, worklistMutations.snooze("p1"));
  await snooze.mutate({ untilMs: null, untilWorse: true });
  await snooze.mutate(null);
  const handOver = new MutationObserver(client, worklistMutations.handOver("p1"));
  await handOver.mutate({ to: { role: "support" } });
  await handOver.mutate(null);
  expect(sent).toEqual([
    ["POST", "/api/patients/p1/review", { seen: 2 }],
    ["DELETE", "/api/patients/p1/review", { number: 3 }],
    ["PUT", "/api/patients/p1/snooze", { untilMs: null, untilWorse: true }],
    ["DELETE", "/api/patients/p1/snooze", {}],
    ["PUT", "/api/patients/p1/hand-over", { to: { role: "support" } }],
    ["DELETE", "/api/patients/p1/hand-over", {}],
  ]);
});

test("a note, written or removed, makes the notes stale too", async () => {
  for (const change of ["addNote", "removeNote"] as const) {
    const { client, sent, rows, isStale } = clientWithRow();
    await new MutationObserver(client, worklistMutations[change]("p1")).mutate("n1");
    expect(sent[0]?.[1]).toBe(change === "addNote" ? "/api/patients/p1/notes" : "/api/patients/p1/notes/n1");
    expect(rows()).toEqual([marks, null]);
    expect([isStale(list.queryKey), isStale(notes.queryKey)]).toEqual([true, true]);
  }
});

test("after an act that failed what stands now is read", async () => {
  const { client, rows, isStale } = clientWithRow();
  server.use(
    http.delete("*/api/patients/p1/*", () => failing({ status: 409, code: "changed-meanwhile" })),
    http.delete("*/api/patients/p1/notes/n1", () => failing({ status: 404, code: "not-found" })),
  );
  const undo = new MutationObserver(client, worklistMutations.undoReview("p1")).mutate({ number: 3 });
  await expect(undo).rejects.toThrow();
  expect(rows()).toEqual([null, null]);
  expect(isStale(list.queryKey)).toBe(true);
  const remove = new MutationObserver(client, worklistMutations.removeNote("p1")).mutate("n1");
  await expect(remove).rejects.toThrow();
  expect(isStale(notes.queryKey)).toBe(true);
});

test("notes come page by page", async () => {
  const by = { id: "u1", name: null };
  server.use(
    http.get("*/api/patients/p1/notes", ({ request }) => {
      const before = new URL(request.url).searchParams.get("before");
      const note = { id: before ? "n1" : "n2", atMs: 1, by, text: null };
      return HttpResponse.json({ patientId: "p1", notes: [note], next: before ? null : "1_n2" });
    }),
  );
  const observer = new InfiniteQueryObserver(createQueryClient(), notes);
  await observer.fetchNextPage();
  const { data, hasNextPage } = await observer.fetchNextPage();
  expect(data?.pages.flatMap((page) => page.notes.map(({ id }) => id))).toEqual(["n2", "n1"]);
  expect(hasNextPage).toBe(false);
});
