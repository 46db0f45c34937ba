import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPostgres, type Postgres, startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { clientOutside, startBalancer } from "./balancer.ts";
import {
  callAt,
  importAt,
  listAt,
  lookInto,
  post,
  type Replica,
  shared,
  signInAt,
  startImport,
  startList,
} from "./clinic.ts";
import { openPlatform } from "./platform.ts";

const doors = [0, 1] as const;
if (hasPostgres)
  describe("two servers on one PostgreSQL", () => {
    let postgres: Postgres;
    let platform: Awaited<ReturnType<typeof openPlatform>>;
    let database: Awaited<ReturnType<typeof lookInto>>;
    let replicas: [Replica, Replica];
    let cookie: string;

    const start = (door: number, port = "0") =>
      startServer({ ...shared(postgres.url), ...platform.env(door), PORT: port });
    const at = (door: 0 | 1) => callAt(replicas[door].url, cookie);
    const both = <T>(act: (call: ReturnType<typeof callAt>) => Promise<T>) =>
      Promise.all(doors.map((door) => act(at(door))));
    /** Once the other server waits for what this one is about to learn from the platform. */
    const somebodyWaits = () => expect.poll(database.waiting, { interval: 20 }).toBeGreaterThan(0);

    beforeAll(async () => {
      [postgres, platform] = await Promise.all([startPostgres(), openPlatform(doors.length)]);
      database = await lookInto(postgres.url);
      replicas = await Promise.all([start(0), start(1)]);
      cookie = await signInAt(replicas[0].url);
    });
    afterAll(async () => {
      await Promise.all(replicas.map((replica) => replica.kill()));
      await database.close();
      await platform.stop();
      await postgres.stop();
    });

    test("started at the same moment on an empty database both are ready, and everything is there once", async () => {
      for (const { url } of replicas) expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const migrations = await database.rows<{ name: string }>("select name from kysely_migration");
      expect(migrations.map(({ name }) => name)).toContain("0004-imports");
      expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
      expect(await database.rows(`select id from "user"`)).toHaveLength(1);
    });

    test("who signs in at one is signed in at the other, and who signs out there is out here", async () => {
      const own = await signInAt(replicas[0].url);
      const [here, there] = [callAt(replicas[0].url, own), callAt(replicas[1].url, own)];
      for (const call of [here, there]) expect((await call("/api/patients/facets")).status).toBe(200);
      await there("/api/auth/sign-out", post({}));
      expect((await there("/api/patients/facets")).status).toBe(401);
      // This one has just found them signed in, and takes half a second to ask again.
      await expect.poll(async () => (await here("/api/patients/facets")).status, { interval: 20 }).toBe(401);
    });

    test("one person registered at both at once is asked of the platform once", async () => {
      const gate = platform.hold(({ path }) => path === "user/register");
      const person = { partnerUid: "at-once", name: "At Once", timeZone: "UTC" };
      const answers = both((call) => call("/api/patients", post(person)));
      await somebodyWaits();
      gate.open();
      const registered = await Promise.all((await answers).map((answer) => answer.json()));
      expect(registered[0]).toMatchObject({ partnerUid: "at-once" });
      expect(registered[1]).toEqual(registered[0]);
      expect(platform.callsTo("user/register")).toHaveLength(1);
    });

    test("the service user is registered once, though both need it at the same moment", async () => {
      const gate = platform.hold(({ path }) => path === "user/register");
      const answers = both((call) => call("/api/devices/P225043056"));
      await somebodyWaits();
      gate.open();
      expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
      const calls = platform.callsTo("user/register").filter(({ about }) => about === "trendline-service");
      expect(calls).toHaveLength(1);
    });

    test("a token the platform no longer takes is fetched once, and the other server uses it", async () => {
      const [patient] = await database.rows<{ id: string; open_id: string }>(
        "select id, open_id from patient",
      );
      platform.sandbox.inject({ kind: "expired-tokens" });
      const gate = platform.hold(({ path }) => path === "user/token");
      const endMs = Date.now();
      const path = `/api/patients/${patient?.id}/readings?start=${endMs - 3_600_000}&end=${endMs}`;
      const answers = both((call) => call(path));
      await somebodyWaits();
      gate.open();
      expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
      expect(platform.callsTo("user/token").map(({ about }) => about)).toEqual([patient?.open_id]);
    });

    test("an import goes on elsewhere when its server is told to end, and nobody is asked for twice", async () => {
      const before = platform.callsTo("user/register").length;
      const registrations = () => platform.callsTo("user/register").slice(before);
      const id = await startImport(at(0), "told", 60);
      await expect.poll(() => registrations().length, { interval: 10 }).toBeGreaterThan(10);
      const [first] = registrations();
      const door = first?.door === 0 ? 0 : 1;
      const other = at(door === 0 ? 1 : 0);
      const { port } = new URL(replicas[door].url);
      expect(await replicas[door].stop()).toBe(0);
      await expect.poll(async () => (await importAt(other, id)).state).toBe("done");
      expect((await importAt(other, id)).counts).toMatchObject({ registered: 60, here: 0, failed: 0 });
      expect(new Set(registrations().map(({ about }) => about)).size).toBe(registrations().length);
      expect(new Set(registrations().map((call) => call.door)).size).toBe(2);
      replicas[door] = await start(door, port);
    });

    test("an import goes on elsewhere after kill -9: nothing is lost, and only what was under way is asked again", async () => {
      const before = platform.callsTo("user/register").length;
      const registrations = () => platform.callsTo("user/register").slice(before);
      const gate = platform.hold(() => registrations().length > 20);
      const id = await startImport(at(0), "killed", 60);
      await expect.poll(() => gate.held.length, { interval: 10 }).toBe(4);
      const door = gate.held[0]?.door === 0 ? 0 : 1;
      const other = door === 0 ? 1 : 0;
      await replicas[door].kill();
      // The platform still does what it was asked for; nobody is there to hear its answer.
      const underWay = gate.held.map(({ about }) => about);
      gate.open();
      await expect.poll(() => registrations().some((call) => call.door === other)).toBe(true);
      await expect.poll(async () => (await importAt(at(other), id)).state).toBe("done");
      const { counts } = await importAt(at(other), id);
      expect([counts.registered + counts.here, counts.failed, counts.new]).toEqual([60, 0, 0]);
      const people = await database.rows("select id from patient where partner_uid like 'killed-%'");
      expect(people).toHaveLength(60);
      const asked = registrations().map(({ about }) => about);
      const twice = asked.filter((about, index) => asked.indexOf(about) !== index);
      expect(new Set(asked).size).toBe(60);
      expect(underWay).toEqual(expect.arrayContaining(twice));
      replicas[door] = await start(door, new URL(replicas[door].url).port);
    });

    test("a list of sensors goes on elsewhere after kill -9: nothing is lost, and only what was under way is asked again", async () => {
      const infos = () => platform.callsTo("device/info");
      const before = infos().length;
      const asked = () => infos().slice(before);
      const gate = platform.hold(({ path }) => path === "device/info" && asked().length > 20);
      const id = await startList(at(0), "P2260", 60);
      await expect.poll(() => gate.held.length, { interval: 10 }).toBe(4);
      const door = gate.held[0]?.door === 0 ? 0 : 1;
      const other = door === 0 ? 1 : 0;
      await replicas[door].kill();
      const underWay = gate.held.map(({ about }) => about);
      gate.open();
      await expect.poll(async () => (await listAt(at(other), id)).state).toBe("done");
      expect((await listAt(at(other), id)).counts).toMatchObject({ all: 60, unknown: 60, failed: 0, new: 0 });
      expect(new Set(asked().map(({ about }) => about)).size).toBe(60);
      // A slow platform is asked again by the same server, too.
      const askedBy = (one: number) =>
        new Set(
          asked()
            .filter((call) => call.door === one)
            .map(({ about }) => about),
        );
      const again = [...askedBy(other)].filter((about) => askedBy(door).has(about));
      expect(underWay).toEqual(expect.arrayContaining(again));
      replicas[door] = await start(door, new URL(replicas[door].url).port);
    });

    test("connections that PostgreSQL ends under load end no process, and what fails by it is told in words", async () => {
      const asks = doors.flatMap((door) => [
        () => at(door)("/api/patients/search", post({})),
        () => at(door)("/api/devices/P225043056"),
      ]);
      const failures: unknown[] = [];
      let answered = 0;
      let isOver = false;
      const flow = asks.map(async (ask) => {
        while (!isOver) {
          const answer = await ask();
          if (answer.ok) answered += 1;
          else failures.push([answer.status, ((await answer.json()) as { code: string }).code]);
        }
      });
      const others = "backend_type = 'client backend' and pid <> pg_backend_pid()";
      for (let round = 1; round <= 10; round += 1) {
        await database.rows(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
        await expect.poll(() => answered, { interval: 10 }).toBeGreaterThan(round * 20);
      }
      isOver = true;
      await Promise.all(flow);
      for (const failure of failures) expect(failure).toEqual([503, "database-unavailable"]);
      for (const { url } of replicas) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    });

    test("both are restarted one after the other behind a load balancer, and no request fails", async () => {
      const targets = replicas.map(({ url }) => url);
      const balancer = await startBalancer(targets);
      const call = callAt(balancer.url, cookie);
      const isReady = (target: string, ready: boolean) =>
        expect.poll(() => balancer.ready.has(target), { interval: 20 }).toBe(ready);
      const [patient] = await database.rows<{ id: string }>(
        "select id from patient where partner_uid = 'at-once'",
      );
      const asks = [
        () => call("/api/patients/search", post({})),
        () => call(`/api/patients/${patient?.id}/summary`),
        () => call("/", { headers: { accept: "text/html" } }),
        () => call("/api/devices/P225043056"),
      ];
      const failures: string[] = [];
      let answered = 0;
      let isOver = false;
      const flow = asks.map(async (ask) => {
        while (!isOver) {
          const answer = await ask();
          const body = await answer.text();
          if (answer.status !== 200) failures.push(`${answer.status} ${body}`);
          answered += 1;
        }
      });
      for (const door of doors) {
        const { url } = replicas[door];
        balancer.served.clear();
        await expect.poll(() => balancer.served.get(url) ?? 0).toBeGreaterThan(10);
        const ended = replicas[door].stop();
        await isReady(url, false);
        expect(await ended).toBe(0);
        replicas[door] = await start(door, new URL(url).port);
        await isReady(url, true);
        balancer.served.clear();
        await expect.poll(() => balancer.served.get(url) ?? 0).toBeGreaterThan(10);
      }
      isOver = true;
      await Promise.all(flow);
      await balancer.stop();
      expect(failures).toEqual([]);
      expect(answered).toBeGreaterThan(100);
      const looks = "select distinct client_address from audit where action = 'patient-summary.view'";
      expect(await database.rows(looks)).toEqual([{ client_address: clientOutside }]);
    });
  });
else
  test("servers side by side are NOT tested here: the registry's PostgreSQL is for Linux on x64", () => {
    expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
  });
