import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { hourMs } from "#glucose/time.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { readPdf } from "#test/support/pdf.ts";
import { json } from "#test/support/world.ts";
import { filesInZip } from "#test/support/zip.ts";
import { openClinic } from "./clinic.ts";

const unknown = "00000000-0000-4000-8000-000000000000";

/** What holds on any database. `open` opens the same one again and again, as restarts do. */
function suite(open: () => Promise<Database>) {
  test("each file of a job is the page's own to the byte, in the order asked for; who has none is named", async () => {
    const clinic = await openClinic(await open(), 4);
    const [first, second, third, fourth] = clinic.patients;
    if (!first || !second || !third || !fourth) throw new Error("four people are needed");
    clinic.refuse(third.openId);
    const patients = [second.id, unknown, first.id, third.id, fourth.id, second.id];
    const id = await clinic.begin({ patients });
    const done = await clinic.until(id, "done");
    expect(done).toMatchObject({ total: 5, counts: { new: 0, made: 3, empty: 0, failed: 2 } });
    expect(
      (await clinic.rows(id)).map(({ patientId, outcome, trouble, patient }) => [
        patientId,
        patient?.name,
        outcome,
        trouble?.code,
      ]),
    ).toEqual([
      [second.id, second.name, "made", undefined],
      [unknown, undefined, "failed", "patient-unknown"],
      [first.id, first.name, "made", undefined],
      [third.id, third.name, "failed", "platform-refused"],
      [fourth.id, fourth.name, "made", undefined],
    ]);

    const files = filesInZip(await clinic.file(id, "reports.zip"));
    expect(files.map(({ name }) => name)).toEqual([
      `001 ${second.name} ${second.hospitalNumber ?? second.partnerUid} 2026-11-07 to 2026-11-20.pdf`,
      `003 ${first.name} ${first.hospitalNumber ?? first.partnerUid} 2026-11-07 to 2026-11-20.pdf`,
      `005 ${fourth.name} ${fourth.hospitalNumber ?? fourth.partnerUid} 2026-11-07 to 2026-11-20.pdf`,
    ]);
    for (const [index, { id: patientId }] of [second, first, fourth].entries()) {
      const page = await clinic.request(
        `/api/patients/${patientId}/report.pdf?days=14&language=en&unit=mmol/L&paper=a4`,
        { cookie: clinic.cookie },
      );
      expect(files[index]?.content.equals(Buffer.from(await page.arrayBuffer()))).toBe(true);
    }
    await clinic.close();
  });

  test("one file of all has each patient's own page numbers, an outline and tags, and the same bytes twice", async () => {
    const clinic = await openClinic(await open(), 3);
    const period = { from: "2026-11-02", to: "2026-11-15" };
    const ask = { period, language: "zh-CN", unit: "mg/dL", paper: "letter" } as const;
    const id = await clinic.begin(ask);
    await clinic.until(id, "done");
    const bytes = await clinic.file(id, "reports.pdf");
    clinic.advance(3 * hourMs);
    const again = await clinic.begin(ask);
    await clinic.until(again, "done");
    expect(Buffer.from(await clinic.file(again, "reports.pdf")).equals(Buffer.from(bytes))).toBe(true);
    const zip = Buffer.from(await clinic.file(id, "reports.zip"));
    expect(Buffer.from(await clinic.file(again, "reports.zip")).equals(zip)).toBe(true);

    const { beside } = await readPdf(bytes);
    expect(beside.map((text) => /第\d页，共\d页/.exec(text)?.[0])).toEqual(
      [1, 2, 3].flatMap(() => ["第1页，共2页", "第2页，共2页"]),
    );
    const file = await getDocumentProxy(new Uint8Array(bytes));
    const outline = await file.getOutline();
    expect(outline?.map(({ title }) => title.split(" · ")[0])).toEqual(
      clinic.patients.map(({ name }) => name),
    );
    const firstPages = await Promise.all(
      (outline ?? []).map(async ({ dest }) => file.getPageIndex((dest as [{ num: number; gen: number }])[0])),
    );
    expect(firstPages).toEqual([0, 2, 4]);
    for (const page of [1, 6]) {
      const tree = await (await file.getPage(page)).getStructTree();
      expect(JSON.stringify(tree)).toContain('"role":"Table"');
    }
    await clinic.close();
  });

  test("each report stands in the trail as an export before it is kept, and the download with whom it held", async () => {
    const clinic = await openClinic(await open(), 2);
    const before = (await clinic.audited("patient.export")).length;
    const id = await clinic.begin();
    await clinic.until(id, "done");
    const exports = (await clinic.audited("patient.export")).slice(before);
    expect(exports.map(({ subject }) => subject).sort()).toEqual([...clinic.ids].sort());
    expect(exports[0]).toMatchObject({ outcome: "ok", request_id: `reports ${id}` });
    expect(JSON.parse(exports[0]?.details ?? "")).toEqual({
      days: 14,
      file: "pdf",
      language: "en",
      unit: "mmol/L",
      paper: "a4",
      audience: "clinic",
    });
    for (const { sealed_name, sealed_report } of await clinic.sealed(id)) {
      expect(sealed_name).toMatch(/^1\.[\w-]+$/);
      expect(sealed_report).toMatch(/^1\.[\w-]+$/);
    }
    await clinic.file(id, "reports.zip");
    const downloads = (await clinic.audited("reports.download")).filter(({ subject }) => subject === id);
    expect(downloads).toHaveLength(1);
    expect(JSON.parse(downloads[0]?.details ?? "")).toEqual({
      file: "zip",
      count: 2,
      patients: clinic.ids.join(" "),
    });
    await clinic.close();
  });

  test("a job is its beginner's alone, whatever is asked of it", async () => {
    const clinic = await openClinic(await open(), 1);
    const id = await clinic.begin();
    await clinic.until(id, "done");
    const other = await clinic.signIn("administrator");
    expect((await clinic.jobs(other)).map((job) => job.id)).not.toContain(id);
    for (const path of ["", "/rows", "/reports.pdf", "/reports.zip"])
      expect([path, (await clinic.at(`/${id}${path}`, {}, other)).status]).toEqual([path, 404]);
    for (const action of ["start", "pause", "cancel", "retry"])
      expect((await clinic.at(`/${id}/${action}`, { method: "POST" }, other)).status).toBe(404);
    expect((await clinic.at(`/${id}`, { ...json({}), method: "DELETE" }, other)).status).toBe(404);
    expect((await clinic.read(id)).state).toBe("done");
    await clinic.close();
  });

  test("a restart in the middle goes on with the first that is not made: none twice, none lost", async () => {
    const first = await openClinic(await open(), 8);
    const before = (await first.audited("patient.export")).length;
    const id = await first.begin();
    await expect.poll(async () => (await first.read(id)).counts.made, { interval: 5 }).toBeGreaterThan(1);
    await first.proxy.stop();
    const kept = await first.sealed(id);
    await first.database.db.destroy();

    const second = await openClinic(await open(), 8);
    expect(second.ids).toEqual(first.ids);
    const { counts } = await second.until(id, "done");
    expect(counts).toMatchObject({ new: 0, made: 8, failed: 0 });
    const now = await second.sealed(id);
    const keptReports = kept.filter(({ sealed_report }) => sealed_report !== null);
    expect(keptReports.length).toBeGreaterThan(0);
    for (const row of keptReports) expect(now).toContainEqual(row);
    const exports = (await second.audited("patient.export")).slice(before);
    expect(exports.filter(({ outcome }) => outcome === "ok")).toHaveLength(8);
    expect(filesInZip(await second.file(id, "reports.zip"))).toHaveLength(8);
    await second.close();
  });

  test("an outage fails nobody, however long: the job goes on by itself when it is over", async () => {
    let waits = 0;
    const clinic = await openClinic(await open(), 2, async () => {
      waits += 1;
      clinic.advance(61_000);
      if (waits === 60) await clinic.heal();
    });
    clinic.sandbox.inject({ kind: "outage" });
    const id = await clinic.begin();
    expect((await clinic.until(id, "done")).counts).toMatchObject({ made: 2, failed: 0 });
    expect(waits).toBeGreaterThanOrEqual(60);
    await clinic.close();
  });

  test("it can be paused, gone on with, tried again and cancelled; a cancelled or deleted one keeps nothing", async () => {
    const clinic = await openClinic(await open(), 6);
    const letOn = clinic.hold();
    const id = await clinic.begin();
    expect((await clinic.at(`/${id}/reports.zip`)).status).toBe(400);
    await clinic.act(id, "pause");
    letOn();
    const paused = await clinic.until(id, "paused");
    expect(paused.counts.new).toBeGreaterThan(0);
    await clinic.act(id, "start");
    await clinic.until(id, "done");
    expect((await clinic.file(id, "reports.pdf")).byteLength).toBeGreaterThan(50_000);
    const letOnAgain = clinic.hold();
    const other = await clinic.begin();
    await clinic.act(other, "cancel");
    letOnAgain();
    await clinic.until(other, "cancelled");
    expect((await clinic.at(`/${other}/reports.zip`)).status).toBe(400);
    expect((await clinic.remove(id)).status).toBe(200);
    expect((await clinic.jobs()).map((job) => job.id)).not.toContain(id);
    expect((await clinic.sealed(other)).filter(({ sealed_report }) => sealed_report !== null)).toEqual([]);
    expect(await clinic.sealed(id)).toEqual([]);
    await clinic.close();
  });

  test("a day after it was begun a job and its files are gone", async () => {
    const clinic = await openClinic(await open(), 1);
    const id = await clinic.begin();
    const { keptUntilMs, createdAtMs } = await clinic.until(id, "done");
    expect(keptUntilMs - createdAtMs).toBe(24 * hourMs);
    const { removeOldJobs } = await import("#proxy/jobs/keep-jobs.ts");
    const { createReportStore } = await import("#proxy/store/reports.ts");
    const { createSealer } = await import("#proxy/store/seal.ts");
    const store = createReportStore(clinic.database, createSealer("x".repeat(32), "reports"));
    await removeOldJobs(store, 24 * hourMs, keptUntilMs - 1);
    expect((await clinic.read(id)).state).toBe("done");
    await removeOldJobs(store, 24 * hourMs, keptUntilMs + 1);
    expect((await clinic.at(`/${id}`)).status).toBe(404);
    expect(await clinic.sealed(id)).toEqual([]);
    await clinic.close();
  });
}

onBothDatabases(suite);
