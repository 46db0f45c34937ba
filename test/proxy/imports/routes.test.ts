import { expect, test } from "vitest";
import { largestImportBytes } from "#contract/import.ts";
import type { Problem } from "#contract/problem.ts";
import { csvOf, openClinic } from "./clinic.ts";

const reasonOf = async (answer: Response) => ((await answer.json()) as Problem).fields?.[0]?.reason;

test("the support desk may neither send a file nor see one", async () => {
  const clinic = await openClinic();
  const id = await clinic.check(csvOf("s", 1));
  const cookie = await clinic.signIn("support");
  const statusOf = async (path: string, method = "GET") =>
    (await clinic.request(`/api/imports${path}`, { method, cookie })).status;
  expect([
    await statusOf("", "POST"),
    await statusOf(`/${id}`),
    await statusOf(`/${id}/start`, "POST"),
  ]).toEqual([403, 403, 403]);
});

test("a file may be larger than any other body, up to ten megabytes", async () => {
  const clinic = await openClinic();
  const line = `1,${"A".repeat(1000)}\n`;
  const fill = (bytes: number) => `id,name\n${line.repeat(Math.floor(bytes / line.length))}`;
  expect((await clinic.upload(fill(200 * 1024))).status).toBe(201);
  const tooLarge = await clinic.upload(fill(largestImportBytes + 2000));
  expect([tooLarge.status, await reasonOf(tooLarge)]).toEqual([400, "too-large"]);
  const other = await clinic.request("/api/patients", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "x".repeat(200 * 1024) }),
    cookie: clinic.cookie,
  });
  expect(await other.json()).toMatchObject({ status: 400, detail: "The body is too large." });
});

test("a file that cannot be used says why and leaves nothing behind", async () => {
  const clinic = await openClinic();
  const answer = await clinic.upload(new Uint8Array([0xff, 0xfe, 1, 0]));
  expect([answer.status, await reasonOf(answer)]).toEqual([400, "utf-16"]);
  const list = await clinic.request("/api/imports", { cookie: clinic.cookie });
  expect(await list.json()).toEqual({ imports: [] });
});

test("a file whose sender has gone is not kept, and is no failure of the server", async () => {
  const clinic = await openClinic();
  const going = new AbortController();
  const bytes = new TextEncoder().encode(csvOf("gone", 5000));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytes);
      controller.close();
      setImmediate(() => going.abort());
    },
  });
  const answer = await clinic.request("/api/imports", {
    method: "POST",
    body,
    duplex: "half",
    cookie: clinic.cookie,
    signal: going.signal,
    headers: { "content-type": "application/octet-stream", "x-file-name": "a.csv" },
  } as RequestInit & { cookie: string });
  expect(answer.status).toBe(499);
  const list = await clinic.request("/api/imports", { cookie: clinic.cookie });
  expect(await list.json()).toEqual({ imports: [] });
  expect(clinic.logLines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

test("the latest files come first, twenty at most, and each call is in the audit trail", async () => {
  const clinic = await openClinic();
  const ids: string[] = [];
  for (let i = 0; i < 21; i += 1) {
    ids.push(await clinic.check(csvOf(`f${i}`, 1)));
    clinic.advance(1000);
  }
  const last = ids.at(-1) ?? "";
  const list = await clinic.request("/api/imports", { cookie: clinic.cookie });
  const { imports } = (await list.json()) as { imports: { id: string }[] };
  expect(imports.map(({ id }) => id)).toEqual(ids.slice(1).reverse());
  await clinic.job(last);
  await clinic.call(last, "start");
  await clinic.until(last, "done");
  await clinic.call(last, "retry");
  await clinic.until(last, "done");
  await clinic.request(`/api/imports/${last}`, { method: "DELETE", cookie: clinic.cookie });
  const audits = await clinic.database.db
    .selectFrom("audit")
    .select(["action", "outcome"])
    .where("subject", "=", last)
    .orderBy("at_ms")
    .execute();
  expect(audits.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
    "import.check ok",
    "import.remove ok",
    "import.retry ok",
    "import.start ok",
    "import.view ok",
  ]);
});

test("what does not fit a file's state is refused and names the state; a second click does no harm", async () => {
  const { promise: isLooked, resolve: looked } = Promise.withResolvers<void>();
  const clinic = await openClinic(undefined, { onRegister: () => isLooked });
  const id = await clinic.check(csvOf("a", 1));
  expect(await reasonOf(await clinic.call(id, "pause"))).toBe("checked");
  expect(await reasonOf(await clinic.call(id, "retry"))).toBe("checked");
  await clinic.call(id, "cancel");
  expect((await clinic.call(id, "cancel")).status).toBe(200);
  expect(await reasonOf(await clinic.call(id, "start"))).toBe("cancelled");
  const running = await clinic.check(csvOf("b", 50));
  await clinic.call(running, "start");
  expect((await clinic.call(running, "start")).status).toBe(200);
  const remove = await clinic.request(`/api/imports/${running}`, { method: "DELETE", cookie: clinic.cookie });
  expect(await reasonOf(remove)).toBe("running");
  looked();
  await clinic.close();
});

test("under a clock sixty times as fast, pace, time left and waits are those of real time", async () => {
  const clinic = await openClinic(undefined, {
    clockSpeed: 60,
    wait: (_, signal) => new Promise((done) => signal.addEventListener("abort", () => done())),
  });
  const id = await clinic.check(csvOf("fast", 20));
  clinic.sandbox.inject({ kind: "outage", path: "/user/register" });
  await clinic.call(id, "start");
  // How long it waits at first depends on how many rows were under way and failed, two or more.
  await expect.poll(() => clinic.waits).toHaveLength(1);
  const [waitMs = 0] = clinic.waits;
  expect([500, 1000, 2000, 4000]).toContain(waitMs);
  expect((await clinic.job(id)).waitUntilMs).toBe(clinic.now() + waitMs * 60);
  await clinic.database.db
    .updateTable("import_row")
    .set({ outcome: "registered", done_at_ms: clinic.now() })
    .where("job_id", "=", id)
    .where("row_number", "<=", 11)
    .execute();
  clinic.advance(5000 * 60);
  expect(await clinic.job(id)).toMatchObject({ rowsPerSecond: 2, secondsLeft: 5 });
  await clinic.close();
});

test("an ID easily taken for that of somebody here is noted with who that is, archived or not", async () => {
  const clinic = await openClinic();
  const first = await clinic.check("id,name\nP-007,Anna\nq1,Bo");
  await clinic.call(first, "start");
  await clinic.until(first, "done");
  const id = await clinic.check("id,name\np-7,Anna\nQl,Bo\nr-1,Cy");
  expect((await clinic.job(id)).noted).toBe(2);
  const { rows } = await clinic.rows(id);
  expect(rows.map(({ outcome, reason, nameHere }) => [outcome, reason, nameHere])).toEqual([
    ["new", "alike-here", "Anna (P-007)"],
    ["new", "alike-here", "Bo (q1)"],
    ["new", null, null],
  ]);
});

test("a file's name is kept without what cannot be seen or turns its direction", async () => {
  const clinic = await openClinic();
  const answer = await clinic.upload("id,name\n1,A", "list\u202egpj\u0000\n.csv");
  expect(await answer.json()).toMatchObject({ fileName: "listgpj.csv" });
});
