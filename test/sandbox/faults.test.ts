import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, expect, test, vi } from "vitest";
import type { Fault, SandboxRequest } from "#sandbox/sandbox.ts";
import { createPartner, dayMs, signedRequest, someDayMs } from "./partner.ts";

afterEach(() => {
  vi.useRealTimers();
});

const info = { path: "/partner/v1/device/info", query: { device_sn: "P225043056" } };

test("faults of the answer: a count of them, then all is well again", async () => {
  const partner = createPartner();
  const { token } = await partner.register("clinic-0001");
  const send = () => partner.sandbox.fetch(signedRequest(someDayMs, { ...info, token }));

  partner.sandbox.inject({ kind: "http", status: 503, count: 1 });
  expect((await send()).status).toBe(503);
  partner.sandbox.inject({ kind: "html", count: 1 });
  expect(await (await send()).text()).toMatch(/^<!doctype html>/);
  partner.sandbox.inject({ kind: "malformed", count: 1 });
  const malformed = await send();
  await expect(malformed.json()).rejects.toThrow(SyntaxError);
  partner.sandbox.inject({ kind: "cut", count: 1 });
  const cut = await send();
  await expect(cut.text()).rejects.toThrow("terminated");
  partner.sandbox.inject({ kind: "outage", count: 1 });
  await expect(send()).rejects.toThrow(TypeError);
  partner.sandbox.inject({ kind: "unauthorized", count: 1 });
  expect(await (await send()).json()).toMatchObject({ code: 1001 });
  partner.sandbox.inject({ kind: "refused", count: 1 });
  expect(await (await send()).json()).toMatchObject({ code: 1002 });
  partner.sandbox.inject({ kind: "business", code: 7777, msg: "额度已用完", count: 1 });
  expect(await (await send()).json()).toEqual({ code: 7777, msg: "额度已用完", data: {} });
  expect(await (await send()).json()).toMatchObject({ code: 0 });

  const { requests } = partner.sandbox;
  const outcome = ({ status, code }: SandboxRequest) => [status, code];
  expect(requests.map(outcome)).toEqual([
    [200, 0],
    [503, null],
    [200, null],
    [200, 0],
    [200, 0],
    [0, null],
    [200, 1001],
    [200, 1002],
    [200, 7777],
    [200, 0],
  ]);
  expect(requests.at(-1)).toMatchObject({ method: "GET", path: info.path, query: info.query });
  expect(requests.at(-1)?.bytes).toBeGreaterThan(100);
});

test("latency delays and then lets the request through", async () => {
  const partner = createPartner();
  const { token } = await partner.register("clinic-0001");
  partner.sandbox.inject({ kind: "latency", ms: 60, count: 1 });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const answered = vi.fn();
  const called = partner.call({ ...info, token }).finally(answered);
  await vi.advanceTimersByTimeAsync(59);
  expect(answered).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect((await called).code).toBe(0);
});

test("a caller that gives up on a slow platform is let go at once", async () => {
  const partner = createPartner();
  partner.sandbox.inject({ kind: "latency", ms: 60_000 });
  const caller = new AbortController();
  const slow = new Request(signedRequest(someDayMs, info), { signal: caller.signal });
  const refused = expect(partner.sandbox.fetch(slow)).rejects.toMatchObject({ name: "TimeoutError" });
  caller.abort(new DOMException("given up", "TimeoutError"));
  await refused;
});

test("expired tokens: every one issued so far is refused, a new one works", async () => {
  const partner = createPartner();
  const { token } = await partner.register("clinic-0001");
  partner.sandbox.inject({ kind: "expired-tokens" });
  expect((await partner.call({ ...info, token })).code).toBe(1001);
  expect((await partner.call({ ...info, token: (await partner.register("clinic-0001")).token })).code).toBe(
    0,
  );
});

test("bad records come among all the good ones", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0001");
  const read = () => partner.userRecords(who, someDayMs - dayMs, someDayMs);
  const good = await read();
  partner.sandbox.inject({ kind: "bad-records", path: "glucose", count: 1 });
  const mixed: unknown[] = await read();
  expect(mixed.length).toBeGreaterThan(good.length + 9);
  expect(mixed).toEqual(expect.arrayContaining([good[0], good.at(-1), null]));
  expect(await read()).toEqual(good);
});

test("a fault in so many of a hundred requests, alike at every start", async () => {
  const drawn = async () => {
    const partner = createPartner();
    const { token } = await partner.register("clinic-0001");
    partner.sandbox.inject({ kind: "refused", percent: 30 });
    const codes: number[] = [];
    for (let i = 0; i < 300; i += 1) codes.push((await partner.call({ ...info, token })).code);
    return codes;
  };
  const codes = await drawn();
  const share = codes.filter((code) => code === 1002).length / codes.length;
  expect(share).toBeGreaterThan(0.22);
  expect(share).toBeLessThan(0.38);
  expect(await drawn()).toEqual(codes);
});

test("a fault for so long, and then all is well", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const partner = createPartner();
  const { token } = await partner.register("clinic-0001");
  partner.sandbox.inject({ kind: "refused", forMs: 5_000 });
  vi.advanceTimersByTime(4_999);
  expect((await partner.call({ ...info, token })).code).toBe(1002);
  vi.advanceTimersByTime(1);
  expect((await partner.call({ ...info, token })).code).toBe(0);
});

test("a stranger's glucose says whose it is not", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0001");
  partner.sandbox.inject({ kind: "stranger", count: 1 });
  const records = await partner.userRecords(who, someDayMs - dayMs, someDayMs);
  expect(new Set(records.map((record) => record.open_id))).toEqual(new Set([`${who.openId}-stranger`]));
});

test("faults are set, listed and cleared over HTTP without a signature, for some paths only", async () => {
  const partner = createPartner();
  const { token } = await partner.register("clinic-0001");
  const control = async (method: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await partner.sandbox.fetch(new Request("http://platform.test/sandbox/faults", init));
    return { status: response.status, ...((await response.json()) as object) };
  };
  const fault: Fault = { kind: "refused", path: "/device/" };
  expect(await control("POST", fault)).toEqual({ status: 201, active: [fault] });
  expect((await partner.call({ ...info, token })).code).toBe(1002);
  expect((await partner.call({ ...info, token })).code).toBe(1002);
  expect((await partner.register("clinic-0002")).token).toBeTruthy();
  expect(await control("POST", { kind: "mischief" })).toMatchObject({ status: 400 });
  expect(await control("POST", { kind: "http", status: "bad" })).toMatchObject({ status: 400 });
  expect(await control("POST", { kind: "http", until: 3 })).toMatchObject({ status: 400 });
  expect(await control("DELETE")).toEqual({ status: 200, active: [] });
  expect((await partner.call({ ...info, token })).code).toBe(0);
  const log = await partner.sandbox.fetch(new Request("http://platform.test/sandbox/requests"));
  expect(((await log.json()) as { requests: unknown[] }).requests).toHaveLength(5);
});

test("over HTTP an outage refuses the connection and a cut breaks it", async () => {
  const partner = createPartner();
  let heard = () => {};
  const server = createServer(
    getRequestListener((request, env) => {
      heard();
      return partner.sandbox.fetch(request, env);
    }),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${info.path}`;
    partner.sandbox.inject({ kind: "outage", count: 1 });
    await expect(fetch(url)).rejects.toThrow(TypeError);
    partner.sandbox.inject({ kind: "cut", count: 1 });
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow(TypeError);
    partner.sandbox.inject({ kind: "latency", ms: 60_000, count: 1 });
    const caller = new AbortController();
    heard = () => caller.abort(new Error("timeout"));
    await expect(fetch(url, { signal: caller.signal })).rejects.toThrow("timeout");
    heard = () => {};
    expect(await (await fetch(url)).json()).toMatchObject({ code: 1001 });
  } finally {
    server.close();
  }
});

test("reset forgets tokens, faults, the log and users registered later", async () => {
  const partner = createPartner();
  const [late, { token }] = [await partner.register("new-1"), await partner.register("clinic-0001")];
  partner.sandbox.inject({ kind: "outage" });
  partner.sandbox.reset();
  expect(partner.sandbox.requests).toEqual([]);
  expect((await partner.call({ ...info, token })).code).toBe(1001);
  expect((await partner.call({ path: "/partner/v1/user/token", query: { open_id: late.openId } })).code).toBe(
    3002,
  );
});
