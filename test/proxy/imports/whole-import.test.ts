import { expect, onTestFinished, test, vi } from "vitest";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { json } from "#test/support/world.ts";
import { type Clinic, csvOf, openClinic } from "./clinic.ts";

const path = "/user/register";

const registeredTwice = ({ registrations }: Clinic) => {
  const good = registrations.filter(({ ok }) => ok).map(({ partnerUid }) => partnerUid);
  return good.filter((partnerUid, i) => good.indexOf(partnerUid) !== i);
};

/**
 * Lets the first registration wait for the second one, so that two are side
 * by side however slow the database is.
 */
const secondComes = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return (count: number) => (count > 1 ? resolve() : promise);
};

/** What holds on any database. `open` opens the same one again and again, as restarts do. */
function suite(open: () => Promise<Database>) {
  test("a dry run registers nothing, and says what would become of each row", async () => {
    const clinic = await openClinic(await open());
    await clinic.proxy.registerPatient({
      partnerUid: "dry-1",
      name: "Li Na",
      region: "CN",
      timeZone: "Asia/Shanghai",
    });
    const before = clinic.registrations.length;
    const answer = await clinic.upload(
      "id;name;ward\ndry-1;Li Nan;3\ndry-2;Wang Fang;3\n;Nobody;3\ndry-2;Twice;4",
      "病人 1.csv",
    );
    expect(answer.status).toBe(201);
    const job = await answer.json();
    expect(job).toMatchObject({
      fileName: "病人 1.csv",
      state: "checked",
      total: 4,
      encoding: "utf-8",
      delimiter: ";",
      columns: [
        { header: "id", field: "partnerUid" },
        { header: "name", field: "name" },
        { header: "ward", field: null },
      ],
      counts: { new: 1, here: 1, wrong: 2, registered: 0, failed: 0 },
      noted: 1,
      regionsAssumed: 0,
      rowsPerSecond: null,
      secondsLeft: null,
      trouble: null,
      waitUntilMs: null,
    });
    const { id } = job as { id: string };
    expect((await clinic.rows(id)).rows).toMatchObject([
      { row: 2, outcome: "here", nameHere: "Li Na" },
      { row: 3, outcome: "new" },
      { row: 4, outcome: "wrong", field: "partnerUid", reason: "required" },
      { row: 5, outcome: "wrong", field: "partnerUid", reason: "duplicate", firstRow: 3 },
    ]);
    expect(await clinic.rows(id, "?outcome=wrong&offset=1&limit=1")).toMatchObject({
      total: 2,
      rows: [{ row: 5 }],
    });
    expect(await clinic.rows(id, "?outcome=noted")).toMatchObject({ total: 1, rows: [{ row: 2 }] });
    expect(clinic.registrations).toHaveLength(before);
    const withRegions = await clinic.check("id,name,region\ndry-3,A,DE\ndry-4,B,\ndry-5,C\ndry-1,Li Na");
    expect(await clinic.job(withRegions)).toMatchObject({ regionsAssumed: 2, counts: { here: 1 } });
    await clinic.close();
  });

  test("who is likely here already is left out by row or all at once, until the file runs", async () => {
    const clinic = await openClinic(await open());
    const first = await clinic.check("id,name,dob\nout-1,Li Na,1980-04-03\nout-2,Bo,1981-04-03");
    await clinic.call(first, "start");
    await clinic.until(first, "done");
    const id = await clinic.check(
      "id,name,dob,phone\nout-3,Li Na,1980-04-03\nout-4,Bo,1981-04-03\nout-5,Ny,1982-04-03\n,,,call me",
    );
    const leaveOut = async (rows: unknown, isLeftOut = true) => {
      const body = { ...json({ rows, isLeftOut }), method: "PUT", cookie: clinic.cookie };
      return (await clinic.request(`/api/imports/${id}/left-out`, body)).status;
    };
    expect(await leaveOut("duplicates")).toBe(200);
    expect(await clinic.job(id)).toMatchObject({
      duplicates: 0,
      noted: 0,
      counts: { new: 1, "left-out": 2, wrong: 1 },
    });
    expect(await leaveOut([3], false)).toBe(200);
    // One that cannot be registered stays so.
    expect(await leaveOut([5], false)).toBe(200);
    expect([await leaveOut([]), await leaveOut("all"), await leaveOut([0.5])]).toEqual([400, 400, 400]);
    await clinic.call(id, "start");
    const done = await clinic.until(id, "done");
    expect(done.counts).toMatchObject({ registered: 2, "left-out": 1, wrong: 1, new: 0, failed: 0 });
    expect((await clinic.rows(id)).rows).toMatchObject([
      { partnerUid: "out-3", outcome: "left-out", patientId: null },
      { partnerUid: "out-4", outcome: "registered" },
      { partnerUid: "out-5", outcome: "registered" },
      { outcome: "wrong", otherFaults: [{ field: "name" }, { field: "phone", reason: "phone" }] },
    ]);
    expect(clinic.registrations.map(({ partnerUid }) => partnerUid)).not.toContain("out-3");
    expect(await leaveOut([2], false)).toBe(400);
    const audits = await clinic.database.db
      .selectFrom("audit")
      .select(["action", "outcome", "details"])
      .where("action", "in", ["import.leave-out", "import.take-in"])
      .orderBy("seq")
      .execute();
    expect(audits.map(({ action, outcome, details }) => [action, outcome, details].join(" "))).toEqual([
      'import.leave-out ok {"rows":2}',
      'import.take-in ok {"rows":1,"which":"3"}',
      'import.take-in ok {"rows":0,"which":"5"}',
      'import.take-in failed {"rows":0,"which":"2"}',
    ]);
    await clinic.close();
  });

  test("every row is registered once, four at a time, and audited for whoever started the file", async () => {
    const clinic = await openClinic(await open(), { onRegister: secondComes() });
    const id = await clinic.check(
      `${csvOf("once", 300)}\nonce-x,王芳,SG,\n`.replace("id,name", "id,name,region,tags"),
    );
    await clinic.call(id, "start");
    const done = await clinic.until(id, "done");
    expect(done.counts).toMatchObject({ new: 0, registered: 301, failed: 0 });
    expect([clinic.registrations.length, registeredTwice(clinic)]).toEqual([301, []]);
    expect(clinic.most.ofOne).toBe(1);
    // How many reach the platform side by side is also up to the database; never more than four.
    expect([2, 3, 4]).toContain(clinic.most.atOnce);
    const { rows } = await clinic.rows(id, "?offset=300");
    expect(rows).toMatchObject([{ row: 302, outcome: "registered", name: "王芳", region: "SG" }]);
    const [row] = rows;
    const patient = await clinic.request(`/api/patients/${row?.patientId}`, { cookie: clinic.cookie });
    expect(await patient.json()).toMatchObject({ openId: row?.openId, timeZone: "Asia/Singapore" });
    const audits = await clinic.database.db
      .selectFrom("audit")
      .selectAll()
      .where("request_id", "=", `import ${id}`)
      .execute();
    expect(audits).toHaveLength(301);
    const { actor_id: clinician } = await clinic.database.db
      .selectFrom("audit")
      .select("actor_id")
      .where("action", "=", "import.start")
      .where("subject", "=", id)
      .executeTakeFirstOrThrow();
    expect(audits[0]).toMatchObject({
      action: "patient.register",
      actor_id: clinician,
      actor_role: "clinician",
      client_address: "198.51.100.7",
    });
    await clinic.close();
  });

  test("faults of the line are tried again after the other rows, and 1002 fails a row at once", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("faults", 60));
    clinic.sandbox.inject({ kind: "refused", count: 2, path });
    await clinic.call(id, "start");
    await clinic.until(id, "done");
    const kinds = ["outage", "http", "html", "cut", "malformed", "unauthorized"] as const;
    const second = await clinic.check(csvOf("faults2", 60));
    for (const kind of kinds) clinic.sandbox.inject({ kind, count: 1, path });
    clinic.sandbox.inject({ kind: "http", status: 429, count: 2, path });
    await clinic.call(second, "start");
    const done = await clinic.until(second, "done");
    expect(done).toMatchObject({ counts: { registered: 60, failed: 0 }, trouble: null, waitUntilMs: null });
    expect(registeredTwice(clinic)).toEqual([]);
    expect((await clinic.rows(second)).rows.some(({ attempts }) => attempts > 0)).toBe(true);

    const failed = await clinic.rows(id, "?outcome=failed");
    expect(failed.rows.map(({ attempts, trouble }) => [attempts, trouble])).toEqual([
      [1, { code: "platform-refused", platformCode: 1002, platformMessage: "permission denied" }],
      [1, { code: "platform-refused", platformCode: 1002, platformMessage: "permission denied" }],
    ]);
    await clinic.call(id, "retry");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ registered: 60, failed: 0 });
    await clinic.close();
  });

  test("a row that fails five times keeps its reason; the file waits longer each time", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("five", 2));
    clinic.sandbox.inject({ kind: "html", count: 10, path });
    await clinic.call(id, "start");
    const done = await clinic.until(id, "done");
    expect(done.counts).toMatchObject({ new: 0, failed: 2 });
    expect((await clinic.rows(id)).rows[0]).toMatchObject({
      attempts: 5,
      trouble: { code: "platform-malformed", platformCode: null, platformMessage: "" },
    });
    expect(clinic.waits.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 8000]);
    await clinic.close();
  });

  test("an answer of the platform's business ends a row at once, whatever its code", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("already", 10));
    clinic.sandbox.inject({ kind: "business", code: 4242, msg: "already registered", count: 10, path });
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ new: 0, failed: 10 });
    expect([clinic.registrations.length, clinic.waits]).toEqual([10, []]);
    expect((await clinic.rows(id)).rows[0]).toMatchObject({
      attempts: 1,
      trouble: { code: "platform-error", platformCode: 4242, platformMessage: "already registered" },
    });
    await clinic.close();
  });

  test.each([404, 410, 451])("HTTP %d without an envelope ends a row at once", async (status) => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf(`final${status}`, 3));
    clinic.sandbox.inject({ kind: "http", status, count: 3, path });
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ new: 0, failed: 3 });
    expect([clinic.registrations.length, clinic.waits]).toEqual([3, []]);
    await clinic.close();
  });

  test("a firewall that shuts us out pauses the file, and its rows stay to be registered", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("firewall", 50));
    clinic.sandbox.inject({ kind: "http", status: 403, path });
    await clinic.call(id, "start");
    expect((await clinic.until(id, "paused")).trouble).toMatchObject({ code: "platform-unauthorized" });
    expect(clinic.registrations.length).toBeLessThanOrEqual(4);
    await clinic.heal();
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ registered: 50 });
    await clinic.close();
  });

  test("a refused signature pauses the file at the first rows: none of the others could be registered", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("signature", 50));
    clinic.sandbox.inject({ kind: "unauthorized", msg: "invalid signature", path });
    await clinic.call(id, "start");
    const paused = await clinic.until(id, "paused");
    expect(paused.trouble).toMatchObject({
      code: "platform-unauthorized",
      platformMessage: "invalid signature",
    });
    expect(clinic.registrations.length).toBeLessThanOrEqual(4);
    await clinic.heal();
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ registered: 50 });
    await clinic.close();
  });

  test("a file waits as long as the platform asks for, and asks nothing meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 9) });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const clinic = await openClinic(await open(), {
      wait: async (ms) => {
        vi.setSystemTime(Date.now() + ms);
      },
    });
    const platform = clinic.sandbox.fetch;
    let isBusy = true;
    clinic.sandbox.fetch = async (request, bindings) => {
      const answer = await platform(request, bindings);
      if (!isBusy || !request.url.endsWith("/register")) return answer;
      isBusy = false;
      return new Response("slow down", { status: 429, headers: { "retry-after": "90" } });
    };
    const id = await clinic.check(csvOf("pause", 1));
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ registered: 1 });
    expect([clinic.waits, clinic.registrations.length]).toEqual([[90_000], 2]);
    await clinic.close();
  });

  test("a platform that asks for fewer requests is waited for and said to be the reason", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("slow", 1));
    clinic.sandbox.inject({ kind: "http", status: 429, count: 5, path });
    await clinic.call(id, "start");
    await clinic.until(id, "done");
    expect((await clinic.rows(id)).rows[0]?.trouble).toMatchObject({ code: "platform-busy" });
    expect(clinic.waits).toEqual([500, 1000, 2000, 4000]);
    await clinic.close();
  });

  test("twenty failures in a row pause the file with the reason, and it goes on when told to", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 9) });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const clinic = await openClinic(await open(), {
      wait: async (ms) => {
        vi.setSystemTime(Date.now() + ms);
      },
    });
    const id = await clinic.check(csvOf("twenty", 50));
    clinic.sandbox.inject({ kind: "outage", path });
    await clinic.call(id, "start");
    const paused = await clinic.until(id, "paused");
    expect(paused).toMatchObject({ trouble: { code: "platform-unreachable" }, waitUntilMs: null });
    expect([clinic.registrations.length, Math.max(...clinic.waits)]).toEqual([20, 60_000]);
    await clinic.heal();
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts).toMatchObject({ registered: 50 });
    await clinic.close();
  });

  test("while it waits it says why and until when, and pausing does not wait for it", async () => {
    const clinic = await openClinic(await open(), {
      wait: (_, signal) => new Promise((done) => signal.addEventListener("abort", () => done())),
    });
    const id = await clinic.check(csvOf("wait", 9));
    clinic.sandbox.inject({ kind: "outage", path });
    await clinic.call(id, "start");
    await expect.poll(async () => (await clinic.job(id)).waitUntilMs ?? 0).toBeGreaterThan(clinic.now());
    await clinic.heal();
    expect(await clinic.job(id)).toMatchObject({
      state: "running",
      trouble: { code: "platform-unreachable" },
    });
    await clinic.call(id, "pause");
    expect(await clinic.job(id)).toMatchObject({ state: "paused", trouble: null, waitUntilMs: null });
    await clinic.call(id, "start");
    expect((await clinic.until(id, "done")).counts.registered).toBe(9);
    await clinic.close();
  });

  test("paused it stops between rows, and cancelled it never goes on", async () => {
    let id = "";
    const stops: Promise<unknown>[] = [];
    const clinic: Clinic = await openClinic(await open(), {
      onRegister: (count) => {
        if (count === 20) stops.push(clinic.call(id, "pause"));
        if (count === 60) stops.push(clinic.call(id, "cancel"));
        // No row is registered during that call, however slow it is.
        return Promise.all(stops);
      },
    });
    id = await clinic.check(csvOf("stop", 100));
    await clinic.call(id, "start");
    await clinic.until(id, "paused");
    await clinic.proxy.stop();
    expect(clinic.registrations.length).toBeLessThan(30);
    await clinic.close();

    const second: Clinic = await openClinic(await open(), {
      onRegister: (count) => {
        if (count === 20) stops.push(second.call(id, "cancel"));
        return Promise.all(stops);
      },
    });
    expect((await second.job(id)).state).toBe("paused");
    await second.call(id, "start");
    const { counts } = await second.until(id, "cancelled");
    expect(counts.new).toBeGreaterThan(20);
    expect((await second.call(id, "start")).status).toBe(400);
    await second.close();
    await Promise.all(stops);
  });

  test("a restart in the middle goes on by itself and registers nobody twice", async () => {
    let closing: Promise<void> | null = null;
    const first: Clinic = await openClinic(await open(), {
      onRegister: (count) => {
        if (count === 40) closing = first.close();
      },
    });
    const id = await first.check(csvOf("restart", 120));
    await first.call(id, "start");
    await expect.poll(() => closing).not.toBeNull();
    await closing;
    const second = await openClinic(await open());
    const done = await second.until(id, "done");
    expect(done.counts).toMatchObject({ registered: 120, here: 0, failed: 0 });
    const all = [...first.registrations, ...second.registrations].map(({ partnerUid }) => partnerUid);
    expect([all.length, new Set(all).size]).toEqual([120, 120]);
    await second.close();
  });

  test("two files with the same people at once register each of them once", async () => {
    const clinic = await openClinic(await open(), { onRegister: secondComes() });
    const ids = [await clinic.check(csvOf("both", 80)), await clinic.check(csvOf("both", 80))];
    await Promise.all(ids.map((id) => clinic.call(id, "start")));
    const jobs = await Promise.all(ids.map((id) => clinic.until(id, "done")));
    expect(jobs.map(({ counts }) => counts.registered + counts.here)).toEqual([80, 80]);
    expect([clinic.registrations.length, clinic.most.ofOne]).toEqual([80, 1]);
    expect([2, 3, 4]).toContain(clinic.most.atOnce);
    await clinic.close();
  });

  test("a removed file is gone with its rows, and so is one of more than thirty days ago", async () => {
    const clinic = await openClinic(await open());
    const remove = (id: string) =>
      clinic.request(`/api/imports/${id}`, { method: "DELETE", cookie: clinic.cookie });
    const [id, old] = [await clinic.check(csvOf("gone", 10)), await clinic.check(csvOf("old", 10))];
    expect((await remove(id)).status).toBe(200);
    expect((await clinic.request(`/api/imports/${id}`, { cookie: clinic.cookie })).status).toBe(404);
    clinic.advance(31 * 86_400_000);
    const cookie = await clinic.signIn("clinician");
    await clinic.request("/api/imports", { method: "POST", body: csvOf("new", 1), cookie });
    const left = await clinic.database.db
      .selectFrom("import_row")
      .select("job_id")
      .where("job_id", "in", [id, old])
      .execute();
    expect(left).toEqual([]);
    await clinic.close();
  });

  test("an error of ours pauses the file, is logged and said", async () => {
    const clinic = await openClinic(await open());
    const id = await clinic.check(csvOf("broken", 5));
    await clinic.database.db.schema.alterTable("audit").renameTo("audit_away").execute();
    await clinic.database.db
      .updateTable("import_job")
      .set({ state: "running", started_at_ms: clinic.now() })
      .where("id", "=", id)
      .execute();
    const restarted = await openClinic(await open()).catch(() => null);
    await expect
      .poll(() =>
        clinic.database.db.selectFrom("import_job").select("state").where("id", "=", id).executeTakeFirst(),
      )
      .toEqual({ state: "paused" });
    await clinic.database.db.schema.alterTable("audit_away").renameTo("audit").execute();
    expect((await clinic.job(id)).trouble).toMatchObject({ code: "internal" });
    await restarted?.close();
    await clinic.close();
  });
}

onBothDatabases(suite);
