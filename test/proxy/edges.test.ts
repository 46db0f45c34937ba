import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { listening } from "#test/support/listening.ts";
import { createWorld, json } from "#test/support/world.ts";

const metricsToken = "m1e2t3r4i5c6s7t8o9k0e1n2x3y4z5a6b7c8";

test("a health check of HTTP/1.0 has no Host and is answered", async () => {
  const world = await createWorld();
  const { send, close } = await listening(world);
  for (const path of ["/healthz", "/readyz", "/api/about"])
    expect(await send(`GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  close();
  await world.close();
});

test("a Host or an address that is none is refused in words", async () => {
  const world = await createWorld();
  const { send, close } = await listening(world);
  for (const [line, host] of [
    ["GET /healthz HTTP/1.1", "a b"],
    ["GET /healthz HTTP/1.1", "user@x"],
    ["OPTIONS * HTTP/1.1", "x"],
    ["GET http://user:word@x/healthz HTTP/1.1", "x"],
    ["GET ftp://x/healthz HTTP/1.1", "x"],
    ["GET /healthz HTTP/1.1", "x\r\nhost: y"],
  ]) {
    const answer = await send(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect([line, host, answer]).toEqual([line, host, expect.stringMatching(/^HTTP\/1.1 400 /)]);
    expect(answer).toContain('"code":"invalid-request"');
  }
  close();
  await world.close();
});

test("what is no request, or too long an address, is refused in words", async () => {
  const world = await createWorld();
  const { send, close } = await listening(world);
  for (const [bytes, status] of [
    ["GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", 417],
    ["hello\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n", 400],
    [`GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ] as const) {
    const answer = await send(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ status, code: "invalid-request" });
    expect(answer).toContain("x-content-type-options: nosniff");
  }
  close();
  await world.close();
});

test("a connection is kept for longer than any load balancer keeps one idle", async () => {
  const world = await createWorld();
  const { server, port, close } = await listening(world);
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  const seconds = Number(/^keep-alive: timeout=(\d+)/im.exec(answer.toString())?.[1]);
  expect(seconds).toBeGreaterThan(600);
  expect(server.keepAliveTimeout).toBeGreaterThan(600_000);
  expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
  expect(server.requestTimeout).toBeLessThanOrEqual(300_000);
  socket.destroy();
  close();
  await world.close();
});

test("a server that is told to close waits for answers, and not for what a kept connection may ask next", async () => {
  const world = await createWorld();
  const { server, port } = await listening(world);
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "POST /api/auth/sign-out HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{",
  );
  await once(server, "request");
  const closed = once(server, "close");
  server.close();
  socket.write("}");
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 200 .*keep-alive: timeout=620/is);
  await closed;
  await world.close();
});

test("one address has so many connections and no more; a proxy of ours as many as it needs", async () => {
  const world = await createWorld();
  for (const [trusted, refused] of [
    [[], true],
    [["127.0.0.1"], false],
  ] as const) {
    const listener = await listening(world, trusted);
    const { port, send, close } = listener;
    const { server } = listener;
    let arrived = 0;
    server.on("request", () => {
      arrived += 1;
    });
    const body =
      "POST /api/auth/sign-out HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{";
    const sockets = Array.from({ length: 256 }, () => connect(port, "127.0.0.1"));
    for (const socket of sockets) socket.write(body);
    await expect.poll(() => arrived).toBe(256);
    const ask = () => send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const answer = await ask().catch(String);
    expect([trusted, answer]).toEqual([
      trusted,
      expect.stringMatching(refused ? /^HTTP\/1.1 503 .*retry-after: 10.*Too many connections/s : / 200 /),
    ]);
    const [first] = sockets;
    first?.destroy();
    await expect.poll(() => ask().catch(String)).toMatch(/^HTTP\/1.1 200 /);
    for (const socket of sockets) socket.destroy();
    close();
  }
  await world.close();
});

test("of more connections at once than one address may have every one is answered", async () => {
  const world = await createWorld();
  // None of them grows old enough to give way.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { server, port, close } = await listening(world);
  const all = Promise.withResolvers<void>();
  let arrived = 0;
  server.on("connection", () => {
    arrived += 1;
    if (arrived === 300) all.resolve();
  });
  const sockets = Array.from({ length: 300 }, () => connect(port, "127.0.0.1"));
  await all.promise;
  const answers = sockets.map(async (socket) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    socket.write("GET /api/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await once(socket, "close").catch(() => {
      text = "reset";
    });
    return /^HTTP\/1.1 (\d+) /.exec(text)?.[1] ?? text;
  });
  const statuses = await Promise.all(answers);
  const count = (status: string) => statuses.filter((one) => one === status).length;
  expect([count("200"), count("503")]).toEqual([256, 44]);
  vi.useRealTimers();
  close();
  await world.close();
});

test("connections that ask nothing give way to one that does: first those that never have, then the one that asked longest ago", async () => {
  const world = await createWorld();
  const { port, send, close } = await listening(world);
  const request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const silent = Array.from({ length: 255 }, () => connect(port, "127.0.0.1"));
  await Promise.all(silent.map((socket) => once(socket, "connect")));
  // The last to come, so that the others are never taken for newer ones whose request is on its way.
  const asking = connect(port, "127.0.0.1");
  asking.write(request);
  await once(asking, "data");
  const last = silent.map((socket) => once(socket, "close"));
  // Not before it is clear that nothing is on its way.
  await expect
    .poll(() => send(request.replace("x\r\n", "x\r\nConnection: close\r\n")))
    .toMatch(/^HTTP\/1.1 200 /);
  for (let count = 0; count < 300; count += 1)
    expect(await send(request.replace("x\r\n", "x\r\nConnection: close\r\n"))).toMatch(/^HTTP\/1.1 200 /);
  await last[0];
  asking.write(request);
  expect(String((await once(asking, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);

  for (const socket of silent) socket.destroy();
  const kept: Socket[] = [];
  for (let count = 0; count < 255; count += 1) {
    // One after the other: one that waited for its turn in silence would be closed on a slow machine.
    const socket = connect(port, "127.0.0.1");
    socket.write(request);
    await once(socket, "data");
    kept.push(socket);
  }
  const ended = once(asking, "close");
  expect(await send(request.replace("x\r\n", "x\r\nConnection: close\r\n"))).toMatch(/^HTTP\/1.1 200 /);
  await ended;
  for (const socket of kept) socket.destroy();
  close();
  await world.close();
});

test("a connection that sends nothing is closed after some seconds, one that is slow is not", async () => {
  const world = await createWorld();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { server, port, close } = await listening(world);
  const arrives = once(server, "connection");
  const slow = connect(port, "127.0.0.1");
  const [atServer] = (await arrives) as [Socket];
  const read = () => atServer.bytesRead;
  slow.write("GET /healthz HTTP/1.1\r\n");
  await expect.poll(read, { interval: 1 }).toBeGreaterThan(0);
  const silentArrives = once(server, "connection");
  const silent = connect(port, "127.0.0.1");
  await silentArrives;
  const closed = once(silent, "close");
  await vi.advanceTimersByTimeAsync(5_001);
  await closed;
  slow.write("Host: x\r\n\r\n");
  expect(String((await once(slow, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
  slow.destroy();
  close();
  vi.useRealTimers();
  await world.close();
});

test("a thousand requests in one packet are not a thousand answers; a few of them, or one after the other, are all answered", async () => {
  const world = await createWorld();
  let asked = 0;
  const counting = {
    proxy: {
      ...world.proxy,
      fetch: (...request: Parameters<typeof world.proxy.fetch>) => {
        asked += 1;
        return world.proxy.fetch(...request);
      },
    },
  };
  const { send, port, close } = await listening(counting);
  const one = "GET /api/about HTTP/1.1\r\nHost: x\r\n\r\n";
  const last = "GET /api/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  await send(one.repeat(1000) + last);
  expect(asked).toBeLessThanOrEqual(4);
  expect((await send(one.repeat(3) + last)).match(/HTTP\/1.1 200 /g)).toHaveLength(4);
  const patient = connect(port, "127.0.0.1");
  for (let i = 0; i < 20; i += 1) {
    patient.write(one);
    expect(String((await once(patient, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
  }
  patient.destroy();
  close();
  await world.close();
});

test.each(["TRACE", "PROPFIND", "SEARCH", "LINK"])("%s is not answered as a GET", async (method) => {
  const world = await createWorld();
  const { send, close } = await listening(world);
  for (const path of ["/api/about", "/healthz", "/api/openapi.json"]) {
    const answer = await send(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer).toMatch(/^allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r$/m);
    expect(answer).toContain('"code":"method-not-allowed"');
  }
  close();
  await world.close();
});

test("an upload that breaks off is no failure of the server", async () => {
  const world = await createWorld({ metricsToken });
  const cookie = await world.signIn("clinician");
  const { server, port, close } = await listening(world);
  for (const [path, type] of [
    ["/api/imports", "application/octet-stream"],
    ["/api/patients/search", "application/json"],
    ["/api/auth/sign-in/email", "application/json"],
  ]) {
    const socket = connect(port, "127.0.0.1");
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\ncookie: ${cookie}\r\ncontent-type: ${type}\r\n`;
    const arrived = once(server, "request");
    socket.write(`${head}content-length: 5000\r\n\r\n${" ".repeat(2000)}`);
    await arrived;
    socket.destroy();
  }
  const metrics = async () => {
    const headers = { authorization: `Bearer ${metricsToken}` };
    return (await (await world.request("/metrics", { headers })).text()).split("\n");
  };
  const postsCounted = async () =>
    (await metrics()).filter((line) => /duration_seconds_count.*method="POST"/.test(line)).length;
  await expect.poll(postsCounted).toBeGreaterThanOrEqual(4);
  expect((await metrics()).filter((line) => /status="5\d\d"/.test(line))).toEqual([]);
  expect(world.logLines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  close();
  await world.close();
});

test("JSON is asked for as JSON: another kind of body, or none, changes nothing and is answered nothing", async () => {
  const world = await createWorld();
  const { patient } = await world.proxy.registerPatient({
    partnerUid: "a-1",
    name: "Anna",
    region: "SE",
    timeZone: "Europe/Stockholm",
  });
  const cookie = await world.signIn("administrator");
  const bodies: [string | null, string | undefined][] = [
    ["text/plain", '{"name":"Other"}'],
    ["application/x-www-form-urlencoded", "name=Other"],
    ["application/merge", '{"name":"Other"}'],
    ["", '{"name":"Other"}'],
    [null, undefined],
    ["multipart/form-data; boundary=x", "--x--"],
  ];
  for (const [method, path] of [
    ["PATCH", `/api/patients/${patient.id}`],
    ["POST", "/api/patients/search"],
    ["POST", "/api/patients/lookup"],
    ["POST", "/api/patients"],
    ["PUT", `/api/patients/${patient.id}/merged-into`],
    ["POST", "/api/devices/states"],
    ["POST", "/api/audit/events"],
    ["POST", "/api/invitations"],
    ["POST", "/api/invitations/look"],
    ["PUT", "/api/account/password"],
  ] as const)
    for (const [type, body] of bodies) {
      const headers: Record<string, string> = type === null ? {} : { "content-type": type };
      const answer = await world.request(path, { method, headers, body, cookie });
      expect([method, path, type, answer.status]).toEqual([method, path, type, 415]);
      expect(await answer.json()).toMatchObject({ code: "unsupported-media-type" });
    }
  await world.close();
});

test("a change of nothing is refused, and is no change in the trail", async () => {
  const world = await createWorld();
  const { patient } = await world.proxy.registerPatient({
    partnerUid: "a-1",
    name: "Anna",
    region: "SE",
    timeZone: "Europe/Stockholm",
  });
  const cookie = await world.signIn("administrator");
  await world.signIn("support");
  const { id: staffId } = await world.database.db
    .selectFrom("user")
    .select("id")
    .where("role", "=", "support")
    .executeTakeFirstOrThrow();
  for (const [path, body] of [
    [`/api/patients/${patient.id}`, {}],
    [`/api/patients/${patient.id}`, { from: { name: "Anna" } }],
    [`/api/patients/${patient.id}`, { targetsReason: "none" }],
    [`/api/patients/${patient.id}`, { nmae: "Other" }],
    [`/api/staff/${staffId}`, {}],
    [`/api/staff/${staffId}`, { rol: "administrator" }],
  ] as const) {
    const answer = await world.request(path, { ...json(body), method: "PATCH", cookie });
    expect([path, body, answer.status]).toEqual([path, body, 400]);
  }
  const rows = await world.database.db.selectFrom("audit").select("action").execute();
  expect(rows.map(({ action }) => action).filter((action) => !action.startsWith("sign-in"))).toEqual([]);
  await world.close();
});

test("every route says of its 400 what it is", async () => {
  const world = await createWorld();
  const description = (await (await world.request("/api/openapi.json")).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, { $ref?: string }> }>>;
    components: { responses: Record<string, { content: object }> };
  };
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({ path, method, responses })),
  );
  expect(operations.length).toBeGreaterThan(40);
  for (const { path, method, responses } of operations)
    for (const status of ["400", "default"]) {
      const named = responses[status]?.$ref?.split("/").at(-1) ?? "";
      const told = Object.keys(description.components.responses[named]?.content ?? {});
      const kind = path.startsWith("/fhir/") ? "application/fhir+json" : "application/problem+json";
      expect([method, path, status, told[0]]).toEqual([method, path, status, kind]);
    }
  await world.close();
});
