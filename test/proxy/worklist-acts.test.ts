import { expect, test } from "vitest";
import type { PatientMarks } from "#contract/patient-marks.ts";
import { rosterPage } from "#contract/roster.ts";
import {
  markedPatient,
  newHandOver,
  noteMaxLength,
  patientNotes,
  reviewedPatient,
} from "#contract/worklist-acts.ts";
import type { Database } from "#proxy/store/database.ts";
import { createWorklistActs } from "#proxy/store/worklist-acts.ts";
import { addColleague } from "#test/support/colleague.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const secret = "0123456789abcdef0123456789abcdef";
const password = "correct horse battery";
const place = { region: "SE", timeZone: "Europe/Stockholm" };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nothing: PatientMarks = {
  review: null,
  snooze: null,
  handOver: null,
  notes: { count: 0, newest: null },
};
let people = 0;

/** What one person asks of one server. */
function caller(world: World, cookie: string) {
  const send = (method: string, path: string, body?: object) =>
    world.request(`/api/patients/${path}`, {
      ...(body ? json(body) : {}),
      method,
      cookie,
    });
  const marked = async (answer: Promise<Response>) => markedPatient.parse(await (await answer).json()).marks;
  return {
    cookie,
    send,
    refusal: async (method: string, path: string, body?: object) => {
      const answer = await send(method, path, body);
      const { fields } = (await answer.json()) as { fields?: { field: string; reason: string }[] };
      const faults = new Set(fields?.map(({ field, reason }) => `${field}: ${reason}`));
      return [answer.status, [...faults].join()];
    },
    me: async () => {
      const answer = await world.request("/api/auth/get-session", { cookie });
      return ((await answer.json()) as { user: { id: string; name: string } }).user;
    },
    review: async (id: string, seen: number | null = null) =>
      reviewedPatient.parse(await (await send("POST", `${id}/review`, { seen })).json()),
    undo: (id: string, number: number) => send("DELETE", `${id}/review`, { number }),
    snooze: (id: string, untilMs: number | null, untilWorse: boolean) =>
      marked(send("PUT", `${id}/snooze`, { untilMs, untilWorse })),
    endSnooze: (id: string) => marked(send("DELETE", `${id}/snooze`)),
    handOver: (id: string, to: object) => marked(send("PUT", `${id}/hand-over`, { to })),
    endHandOver: (id: string) => marked(send("DELETE", `${id}/hand-over`)),
    note: (id: string, text: string) => marked(send("POST", `${id}/notes`, { text })),
    notes: async (id: string, before?: string) =>
      patientNotes.parse(await (await send("GET", `${id}/notes${before ? `?before=${before}` : ""}`)).json()),
    merge: (id: string, into: string | null) => send("PUT", `${id}/merged-into`, { into }),
    marks: async (id: string) => {
      const answer = await send("POST", "search", { limit: 200 });
      return rosterPage.parse(await answer.json()).rows.find((row) => row.id === id)?.marks;
    },
  };
}

/** A server with a clinician, an administrator and a new patient. */
async function clinic(database: Database) {
  const world = await createWorld({ database, authSecret: secret });
  const register = async () => {
    people += 1;
    const who = { partnerUid: `acts-${people}`, name: `Person ${people}`, ...place };
    return (await world.proxy.registerPatient(who)).patient.id;
  };
  return {
    world,
    register,
    id: await register(),
    clinician: caller(world, await world.signIn("clinician")),
    administrator: caller(world, await world.signIn("administrator")),
    trail: async (subject: string) =>
      world.database.db
        .selectFrom("audit")
        .select(["action", "outcome", "details"])
        .where("subject", "=", subject)
        .orderBy("seq")
        .execute(),
  };
}

const told = (review: { number: number; atMs: number; by: { id: string; name: string } }) => ({
  ...review,
  by: { id: review.by.id, name: review.by.name },
});

onBothDatabases((open) => {
  test("a review stands with its person and time, on every server's list", async () => {
    const { world, id, clinician, trail } = await clinic(await open());
    const other = await createWorld({ database: await open(), authSecret: secret });
    const there = caller(other, await other.signIn("administrator"));
    expect(await there.marks(id)).toBeNull();
    const { id: by } = await clinician.me();
    const answer = await clinician.review(id);
    const review = { number: 1, by, atMs: world.now(), reasons: [] };
    expect(answer).toEqual({ patientId: id, marks: { ...nothing, review }, others: [] });
    expect(await there.marks(id)).toEqual(answer.marks);
    expect(await trail(id)).toEqual([{ action: "patient.review", outcome: "ok", details: null }]);
    await world.close();
    await other.close();
  });

  test("of two who review at once on two servers one is kept, and the other is told whose", async () => {
    const { world, register, clinician, trail } = await clinic(await open());
    const other = await createWorld({ database: await open(), authSecret: secret });
    const there = caller(other, await other.signIn("administrator"));
    for (let round = 0; round < 5; round += 1) {
      const id = await register();
      const answers = await Promise.all([clinician.review(id), there.review(id)]);
      const review = answers[0]?.marks.review;
      expect(review?.number).toBe(1);
      expect(answers[1]?.marks.review).toEqual(review);
      const by = review?.by === (await clinician.me()).id ? await clinician.me() : await there.me();
      const theirs = told({ number: 1, atMs: review?.atMs ?? 0, by });
      expect(answers.map(({ others }) => others).toSorted((a, b) => a.length - b.length)).toEqual([
        [],
        [theirs],
      ]);
      expect((await trail(id)).map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual([
        "patient.review ok",
        "patient.review unchanged",
      ]);
    }
    await world.close();
    await other.close();
  });

  test("who does not know of a colleague's review adds none to it while nothing is new; who knows of it, or sees worse, does", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const [me, colleague] = [await clinician.me(), await administrator.me()];
    const { review } = (await administrator.review(id)).marks;
    world.advance(60_000);
    const others = [told({ number: 1, atMs: review?.atMs ?? 0, by: colleague })];
    expect(await clinician.review(id)).toEqual({ patientId: id, marks: { ...nothing, review }, others });
    expect(await administrator.marks(id)).toEqual({ ...nothing, review });
    expect((await trail(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "patient.review ok",
      "patient.review unchanged",
    ]);
    // What is worse for this screen was looked at anew, and what is theirs ends with it.
    const by = { id: me.id, role: "clinician", atMs: world.now() } as const;
    const worse = [{ key: "very-low-now", value: 40 }];
    const acts = createWorklistActs(world.database);
    const added = await acts.review(id, by, {
      seen: null,
      reasons: worse,
      newSinceMs: null,
      isReviewedBy: ({ reasons }) => reasons.length > 0,
    });
    expect(added).toMatchObject({ marks: { review: { number: 2, by: me.id, reasons: worse } }, others });
    await administrator.handOver(id, { staffId: colleague.id });
    const ended = await administrator.review(id, 1);
    expect(ended).toMatchObject({ marks: { review: { number: 3 }, handOver: null } });
    expect((await clinician.review(id, 3)).marks.review?.number).toBe(4);
    await world.close();
  });

  test("of two who reviewed one after the other, the row names both for an hour, and after an undo the other is told", async () => {
    const { world, id, clinician, administrator } = await clinic(await open());
    const [me, colleague] = [await clinician.me(), await administrator.me()];
    const review = (await administrator.review(id)).marks.review;
    world.advance(60_000);
    const theirs = { by: colleague.id, atMs: world.now() - 60_000 };
    const others = [{ number: 1, atMs: theirs.atMs, by: colleague }];
    const also = { marks: { review: { number: 2, by: me.id, also: [theirs] } } };
    expect(await clinician.review(id, 1)).toMatchObject({ ...also, others: others.map(told) });
    const undone = await clinician.undo(id, 2);
    expect(await undone.json()).toMatchObject({ marks: { review }, others: others.map(told) });
    world.advance(hourMs);
    const alone = await clinician.review(id, 1);
    expect(alone).toMatchObject({ marks: { review: { number: 3, by: me.id } }, others: [] });
    expect(alone.marks.review?.also).toBeUndefined();
    await world.close();
  });

  test("an undo brings back the review before it, the snooze and the hand-over that it ended", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const { id: me } = await clinician.me();
    await administrator.review(id);
    await administrator.snooze(id, null, true);
    const before = await administrator.handOver(id, { staffId: me });
    const { marks } = await clinician.review(id, 1);
    expect(marks).toMatchObject({ review: { number: 2, by: me }, snooze: null, handOver: null });
    const undone = await clinician.undo(id, 2);
    expect(markedPatient.parse(await undone.json()).marks).toEqual(before);
    expect(await clinician.marks(id)).toEqual(before);
    // The next one has a number of its own, and does not count what was taken back as a colleague's.
    expect(await clinician.review(id, 1)).toMatchObject({
      marks: { review: { number: 3 } },
      others: [{ number: 1 }],
    });
    expect((await trail(id)).map(({ action }) => action)).toEqual([
      "patient.review",
      "patient.snooze",
      "patient.hand-over",
      "patient.review",
      "patient.review-undo",
      "patient.review",
    ]);
    await world.close();
  });

  test("what somebody has decided since a review is not undone with it", async () => {
    const { world, id, clinician } = await clinic(await open());
    const { id: me } = await clinician.me();
    await clinician.snooze(id, null, true);
    await clinician.handOver(id, { staffId: me });
    await clinician.review(id);
    const untilMs = world.now() + dayMs;
    await clinician.snooze(id, untilMs, false);
    await clinician.handOver(id, { role: "support" });
    await clinician.endHandOver(id);
    expect(markedPatient.parse(await (await clinician.undo(id, 1)).json()).marks).toMatchObject({
      review: null,
      snooze: { untilMs },
      handOver: null,
    });
    await world.close();
  });

  test("a review leaves a snooze until a date, and a hand-over to somebody else", async () => {
    const { world, id, clinician, administrator } = await clinic(await open());
    const untilMs = world.now() + dayMs;
    await clinician.snooze(id, untilMs, false);
    await clinician.handOver(id, { staffId: (await administrator.me()).id });
    expect((await clinician.review(id)).marks).toMatchObject({ snooze: { untilMs }, handOver: {} });
    expect((await administrator.review(id, 1)).marks).toMatchObject({ snooze: { untilMs }, handOver: null });
    await clinician.handOver(id, { role: "clinician" });
    expect((await clinician.review(id, 2)).marks.handOver).toBeNull();
    await world.close();
  });

  test("what is handed to a role is handed to everybody in it but who did so; to oneself it is a reminder", async () => {
    const { world, id, register, clinician, administrator } = await clinic(await open());
    const who = { name: "Li Na", email: "li.na@clinic.example", role: "clinician", password } as const;
    const colleague = caller(world, await addColleague(world, administrator.cookie, who));
    const own = await register();
    await clinician.handOver(id, { role: "clinician" });
    await clinician.handOver(own, { staffId: (await clinician.me()).id });
    const handedTo = async (caller: typeof clinician) => {
      const answer = await caller.send("POST", "search", { filter: { handedToMe: true }, limit: 200 });
      return rosterPage.parse(await answer.json()).rows.map((row) => row.id);
    };
    expect(await handedTo(colleague)).toEqual([id]);
    expect(await handedTo(clinician)).toEqual([own]);
    expect(await handedTo(administrator)).toEqual([]);
    await world.close();
  });

  test("a review is taken back by its own person within a day, by an administrator ever, and only while it is the last", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const undo = (who: typeof clinician, number: number) => who.refusal("DELETE", `${id}/review`, { number });
    expect(await undo(clinician, 1)).toEqual([404, ""]);
    await administrator.review(id);
    expect(await undo(clinician, 1)).toEqual([400, "number: another"]);
    await clinician.review(id, 1);
    expect(await undo(administrator, 1)).toEqual([409, "number: changed"]);
    world.advance(dayMs);
    const later = caller(world, await world.signIn("clinician"));
    const administratorLater = caller(world, await world.signIn("administrator"));
    world.advance(1);
    expect(await undo(later, 2)).toEqual([400, "number: too-old"]);
    expect((await administratorLater.undo(id, 2)).status).toBe(200);
    expect((await administratorLater.undo(id, 1)).status).toBe(200);
    expect(await administratorLater.marks(id)).toEqual(nothing);
    expect((await trail(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "patient.review-undo failed",
      "patient.review ok",
      "patient.review-undo failed",
      "patient.review ok",
      "patient.review-undo failed",
      "patient.review-undo failed",
      "patient.review-undo ok",
      "patient.review-undo ok",
    ]);
    await world.close();
  });

  test("of two undos of one review at once on two servers one is done", async () => {
    const { world, register, clinician, trail } = await clinic(await open());
    const other = await createWorld({ database: await open(), authSecret: secret });
    const there = caller(other, clinician.cookie);
    for (let round = 0; round < 5; round += 1) {
      const id = await register();
      await clinician.review(id);
      const answers = await Promise.all([clinician.undo(id, 1), there.undo(id, 1)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
      expect(await clinician.marks(id)).toEqual(nothing);
      expect((await trail(id)).filter(({ outcome }) => outcome === "ok")).toHaveLength(2);
    }
    await world.close();
    await other.close();
  });

  test("the reasons of the moment are kept with a review and a snooze, and come back with them", async () => {
    const { world, id, clinician } = await clinic(await open());
    const acts = createWorklistActs(world.database);
    const by = { id: (await clinician.me()).id, role: "clinician", atMs: world.now() } as const;
    const first = [
      { key: "very-low", value: 1.2 },
      { key: "no-data", value: null },
    ];
    const second = [{ key: "very-low", value: 2.5 }];
    await acts.review(id, by, { seen: null, reasons: first, newSinceMs: null, isReviewedBy: () => false });
    await acts.snooze(id, by, { untilMs: null, untilWorse: true, reasons: second });
    await acts.review(id, by, { seen: 1, reasons: [], newSinceMs: null, isReviewedBy: () => false });
    expect(await acts.undoReview(id, by, 2)).toMatchObject({
      marks: { review: { reasons: first }, snooze: { reasons: second } },
    });
    expect(await clinician.marks(id)).toMatchObject({
      review: { reasons: first },
      snooze: { reasons: second },
    });
    await world.close();
  });

  test("one's own review is not made again while nothing is new, and one undo takes it back", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const first = await clinician.review(id);
    world.advance(1000);
    expect(await clinician.review(id, 1)).toEqual(first);
    expect(await clinician.review(id)).toEqual(first);
    await clinician.undo(id, 1);
    expect(await clinician.marks(id)).toEqual(nothing);
    expect((await trail(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "patient.review ok",
      "patient.review unchanged",
      "patient.review unchanged",
      "patient.review-undo ok",
    ]);
    // A colleague's stands beside it, and so does one's own of another day.
    await clinician.review(id);
    expect((await administrator.review(id, 2)).marks.review?.number).toBe(3);
    expect((await clinician.review(id, 3)).marks.review?.number).toBe(4);
    world.advance(dayMs + 1);
    expect((await clinician.review(id, 4)).marks.review?.number).toBe(5);
    await world.close();
  });

  test("a snooze and a hand-over end once, and an end of nothing is in the trail as that", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const untilMs = world.now() + 92 * dayMs;
    const { id: by } = await clinician.me();
    expect(await clinician.snooze(id, untilMs, true)).toEqual({
      ...nothing,
      snooze: { by, atMs: world.now(), untilMs, untilWorse: true, reasons: [] },
    });
    const to = { staffId: (await administrator.me()).id };
    expect((await clinician.handOver(id, to)).handOver).toEqual({ by, atMs: world.now(), to });
    for (let i = 0; i < 2; i += 1) {
      expect((await clinician.endSnooze(id)).snooze).toBeNull();
      expect(await clinician.endHandOver(id)).toEqual(nothing);
    }
    expect(await trail(id)).toEqual([
      { action: "patient.snooze", outcome: "ok", details: JSON.stringify({ untilMs, untilWorse: "true" }) },
      { action: "patient.hand-over", outcome: "ok", details: JSON.stringify(to) },
      { action: "patient.snooze-end", outcome: "ok", details: null },
      { action: "patient.hand-over-end", outcome: "ok", details: null },
      { action: "patient.snooze-end", outcome: "unchanged", details: null },
      { action: "patient.hand-over-end", outcome: "unchanged", details: null },
    ]);
    await world.close();
  });

  test("a hand-over is kept with its words, and the trail says only that there are some", async () => {
    const { world, id, clinician, trail } = await clinic(await open());
    const { id: by } = await clinician.me();
    const hand = (to: object, words: string) => clinician.send("PUT", `${id}/hand-over`, { to, words });
    const to = { role: "support" };
    await hand(to, " Reads far apart from the finger-stick: new sensor? ");
    const words = "Reads far apart from the finger-stick: new sensor?";
    const standing = { by, atMs: world.now(), to, words };
    expect((await clinician.marks(id))?.handOver).toEqual(standing);
    for (const given of ["Still 2.4 mmol/L", "51mg / dl", "２.４ ｍｍｏｌ", "一直 2.4毫摩尔"])
      expect(await clinician.refusal("PUT", `${id}/hand-over`, { to, words: given })).toEqual([
        400,
        "words: glucose",
      ]);
    for (const [given, reason] of [
      ["", "required"],
      ["x".repeat(301), "too-long"],
      ["a\nb", "characters"],
    ] as const)
      expect(await clinician.refusal("PUT", `${id}/hand-over`, { to, words: given })).toEqual([
        400,
        `words: ${reason}`,
      ]);
    expect((await clinician.marks(id))?.handOver).toEqual(standing);
    // Clinicians write to each other as they like.
    const more = `Still 2.4 mmol/L${"😀".repeat(284)}`;
    await hand({ role: "clinician" }, more);
    expect((await clinician.marks(id))?.handOver?.words).toBe(more);
    const { number } = (await clinician.review(id)).marks.review ?? { number: 0 };
    await clinician.undo(id, number);
    expect((await clinician.marks(id))?.handOver?.words).toBe(more);
    const entries = await trail(id);
    expect(entries.slice(0, 2).map(({ details }) => JSON.parse(details ?? ""))).toEqual([
      { role: "support", withWords: "true" },
      { role: "clinician", withWords: "true" },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/finger-stick|mmol/);
    await world.close();
  });

  test("nobody is handed to who is gone, inactive or sees no patients; the support role may be", async () => {
    const { world, id, clinician, administrator } = await clinic(await open());
    const staffId = async (role: "clinician" | "support", active: boolean) => {
      people += 1;
      const email = `acts${people}@clinic.example`;
      await addColleague(world, administrator.cookie, { name: "Zoe", email, role, password });
      const { staff } = (await (
        await world.request("/api/staff", { cookie: administrator.cookie })
      ).json()) as { staff: { id: string; email: string }[] };
      const found = staff.find((one) => one.email === email)?.id ?? "";
      if (!active)
        await world.request(`/api/staff/${found}`, {
          ...json({ active: false }),
          method: "PATCH",
          cookie: administrator.cookie,
        });
      return found;
    };
    const refused = (to: object) => clinician.refusal("PUT", `${id}/hand-over`, { to });
    expect(await refused({ staffId: "nobody" })).toEqual([400, "to.staffId: unknown"]);
    expect(await refused({ staffId: await staffId("clinician", false) })).toEqual([
      400,
      "to.staffId: inactive",
    ]);
    expect(await refused({ staffId: await staffId("support", true) })).toEqual([400, "to.staffId: role"]);
    expect(await clinician.marks(id)).toBeNull();
    expect((await clinician.handOver(id, { role: "support" })).handOver?.to).toEqual({ role: "support" });
    const active = await staffId("clinician", true);
    expect((await clinician.handOver(id, { staffId: active })).handOver?.to).toEqual({ staffId: active });
    await world.close();
  });

  test("notes are read newest first, page by page, with their authors, and their text is nowhere else", async () => {
    const { world, id, clinician, administrator, trail } = await clinic(await open());
    const text = "Called, no answer.\r\n\tAgain on Monday: 她说周一回电";
    const marks = await clinician.note(id, text);
    const { id: by, name } = await clinician.me();
    expect(marks).toEqual({ ...nothing, notes: { count: 1, newest: { by, atMs: world.now() } } });
    expect(await administrator.marks(id)).toEqual(marks);
    for (let i = 0; i < 60; i += 1) {
      if (i % 2) world.advance(1);
      await administrator.note(id, `Note ${i}`);
    }
    const first = await clinician.notes(id);
    expect(first.notes).toHaveLength(50);
    const rest = await clinician.notes(id, first.next ?? "");
    expect(rest.next).toBeNull();
    const all = [...first.notes, ...rest.notes];
    expect(new Set(all.map((note) => note.id)).size).toBe(61);
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => b - a));
    const oldest = all.find((note) => note.by.id === by);
    expect(oldest).toMatchObject({
      text: "Called, no answer.\n Again on Monday: 她说周一回电",
      by: { id: by, name },
    });
    expect((await clinician.marks(id))?.notes.count).toBe(61);

    const rows = await world.database.db.selectFrom("patient_note").selectAll().execute();
    for (const { sealed_text } of rows) expect(sealed_text).toMatch(/^1\.[\w-]+$/);
    const everything = JSON.stringify([
      rows,
      await world.database.db.selectFrom("audit").selectAll().execute(),
      await world.database.db.selectFrom("patient").selectAll().execute(),
      world.logLines,
    ]);
    expect(everything).not.toMatch(/Monday|她说|Note 5/);
    const seen = (await trail(id)).filter(({ action }) => action === "patient-notes.view");
    expect(seen.length).toBeGreaterThan(0);
    await world.close();
  });

  test("a note is removed by its author only, and the trail keeps that there was one", async () => {
    const { world, id, register, clinician, administrator, trail } = await clinic(await open());
    await administrator.note(id, "Hers");
    world.advance(1);
    await clinician.note(id, "Mine");
    const [mine, hers] = (await clinician.notes(id)).notes;
    const path = (noteId = "", of = id) => `${of}/notes/${noteId}`;
    expect(await clinician.refusal("DELETE", path(hers?.id))).toEqual([400, "noteId: another"]);
    expect(await clinician.refusal("DELETE", path(mine?.id, await register()))).toEqual([404, ""]);
    expect((await clinician.send("DELETE", path(mine?.id))).status).toBe(200);
    expect(await clinician.refusal("DELETE", path(mine?.id))).toEqual([404, ""]);
    expect((await clinician.notes(id)).notes.map(({ text }) => text)).toEqual(["Hers"]);
    const { id: by } = await administrator.me();
    expect((await clinician.marks(id))?.notes).toEqual({ count: 1, newest: { by, atMs: hers?.atMs } });
    expect((await trail(id)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "patient.note ok",
      "patient.note ok",
      "patient-notes.view ok",
      "patient.note-remove failed",
      "patient.note-remove ok",
      "patient.note-remove failed",
    ]);
    await world.close();
  });

  test("a merged record stands for the whole, which has the notes of its parts", async () => {
    const { world, id, register, clinician, trail } = await clinic(await open());
    const part = await register();
    await clinician.note(part, "Of the part");
    world.advance(1);
    await clinician.note(id, "Of the whole");
    await clinician.merge(part, id);
    const { patientId, marks } = await clinician.review(part);
    expect(patientId).toBe(id);
    expect(marks.notes.count).toBe(2);
    expect(await clinician.marks(id)).toEqual(marks);
    expect((await trail(id)).at(-1)?.action).toBe("patient.review");
    const page = await clinician.notes(part);
    expect([page.patientId, page.notes.map(({ text }) => text)]).toEqual([
      id,
      ["Of the whole", "Of the part"],
    ]);
    await clinician.send("DELETE", `${id}/notes/${page.notes[1]?.id}`);
    expect((await clinician.marks(id))?.notes.count).toBe(1);
    await clinician.merge(part, null);
    expect(await clinician.marks(part)).toEqual(nothing);
    expect(await clinician.marks(id)).toMatchObject({ review: { number: 1 }, notes: { count: 1 } });
    await world.close();
  });

  test("with an archived patient nothing is done, and what was written can be read", async () => {
    const { world, id, clinician, trail } = await clinic(await open());
    await clinician.note(id, "Before");
    await clinician.review(id);
    await clinician.send("PATCH", id, { archived: true });
    const [note] = (await clinician.notes(id)).notes;
    expect(note?.text).toBe("Before");
    const acts: [string, string, object?][] = [
      ["POST", "review", { seen: null }],
      ["DELETE", "review", { number: 1 }],
      ["PUT", "snooze", { untilMs: null, untilWorse: true }],
      ["DELETE", "snooze"],
      ["PUT", "hand-over", { to: { role: "support" } }],
      ["DELETE", "hand-over"],
      ["POST", "notes", { text: "After" }],
      ["DELETE", `notes/${note?.id}`],
    ];
    for (const [method, part, body] of acts)
      expect([method, part, ...(await clinician.refusal(method, `${id}/${part}`, body))]).toEqual([
        method,
        part,
        400,
        "archived: archived",
      ]);
    const refused = (await trail(id)).filter(({ outcome }) => outcome === "failed");
    expect(refused).toHaveLength(acts.length);
    await clinician.send("PATCH", id, { archived: false });
    expect(await clinician.marks(id)).toMatchObject({ review: { number: 1 }, notes: { count: 1 } });
    await world.close();
  });

  const nowMs = Date.UTC(2026, 10, 20, 9, 30);
  const until = (untilMs: unknown) => ({ untilMs, untilWorse: false });
  const wrong: [method: string, part: string, body: object, fault: string][] = [
    ["POST", "notes", { text: "x".repeat(5000) }, "text: too-long"],
    ["POST", "notes", { text: "😀".repeat(noteMaxLength + 1) }, "text: too-long"],
    ["POST", "notes", { text: "" }, "text: required"],
    ["POST", "notes", { text: " \n\t" }, "text: required"],
    ["POST", "notes", {}, "text: required"],
    ["POST", "notes", { text: 7 }, "text: required"],
    ["POST", "notes", { text: "a\0b" }, "text: characters"],
    ["POST", "notes", { text: "a\ud800b" }, "text: characters"],
    ["POST", "notes", { text: "a\u202eb" }, "text: characters"],
    ["POST", "notes", { text: "a\u2028b" }, "text: characters"],
    ["PUT", "snooze", until(nowMs), "untilMs: past"],
    ["PUT", "snooze", until(-1), "untilMs: past"],
    ["PUT", "snooze", until(nowMs + 92 * dayMs + 1), "untilMs: too-far"],
    ["PUT", "snooze", until(Date.UTC(9999, 11, 31)), "untilMs: too-far"],
    ["PUT", "snooze", until(1e300), "untilMs: date"],
    ["PUT", "snooze", until(nowMs + 0.5), "untilMs: date"],
    ["PUT", "snooze", until("2026-12-01"), "untilMs: date"],
    ["PUT", "snooze", until(null), "untilMs: required"],
    ["PUT", "snooze", { untilMs: null }, "untilWorse: required"],
    ["PUT", "hand-over", {}, "to: unknown"],
    ["PUT", "hand-over", { to: "support" }, "to: unknown"],
    ["PUT", "hand-over", { to: { role: "nurse" } }, "to: unknown"],
    ["PUT", "hand-over", { to: { staffId: "Li Na" } }, "to.staffId: unknown"],
    ["PUT", "hand-over", { to: { role: "support", staffId: "x" } }, "to: unknown"],
    ["POST", "review", {}, "seen: required"],
    ["POST", "review", { seen: -1 }, "seen: required"],
    ["POST", "review", { seen: 1.5 }, "seen: required"],
    ["DELETE", "review", { number: "1" }, "number: required"],
  ];
  test("what cannot be used is refused by its field, and nothing is done", async () => {
    const { world, id, clinician, trail } = await clinic(await open());
    for (const [method, part, body, fault] of wrong)
      expect([body, ...(await clinician.refusal(method, `${id}/${part}`, body))]).toEqual([body, 400, fault]);
    for (const body of [{ reasons: [] }, { seen: null, by: "x" }])
      expect((await clinician.send("POST", `${id}/review`, body)).status).toBe(400);
    expect((await clinician.send("GET", `${id}/notes?before=x`)).status).toBe(400);
    expect((await clinician.send("GET", `${id}/notes?before=9999999999999999_x`)).status).toBe(200);
    expect((await clinician.review(id, Number.MAX_SAFE_INTEGER)).others).toEqual([]);
    await clinician.undo(id, 1);
    expect(await clinician.marks(id)).toEqual(nothing);
    expect((await trail(id)).filter(({ outcome }) => outcome === "failed")).toEqual([]);
    await world.close();
  });

  test("a note of a thousand characters is kept whole", async () => {
    const { world, id, clinician } = await clinic(await open());
    const text = "😀".repeat(noteMaxLength);
    await clinician.note(id, ` ${text}\n`);
    expect((await clinician.notes(id)).notes[0]?.text).toBe(text);
    await world.close();
  });
});

test("support does none of it", async () => {
  const { world, id } = await clinic((await createWorld()).database);
  const support = caller(world, await world.signIn("support"));
  for (const [method, part, body] of [
    ["POST", "review", { seen: null }],
    ["PUT", "snooze", { untilMs: null, untilWorse: true }],
    ["PUT", "hand-over", { to: { role: "support" } }],
    ["GET", "notes"],
  ] as const)
    expect((await support.send(method, `${id}/${part}`, body)).status).toBe(403);
  expect(newHandOver.safeParse({ to: { role: "support" } }).success).toBe(true);
  await world.close();
});
