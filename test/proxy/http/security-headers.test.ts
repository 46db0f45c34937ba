import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createStatic } from "#proxy/http/static.ts";
import { createMetrics } from "#proxy/observe/metrics.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const metricsToken = "m".repeat(40);
const publicUrl = "https://trendline.clinic.example";
const li = { partnerUid: "p-1", name: "Li Na", region: "CN", timeZone: "Asia/Shanghai" };
const admin = { email: "you@clinic.example", password: "correct horse battery" };

/** One answer of every kind, by name and the status it has. */
async function answersOf(world: World): Promise<[string, number, Response][]> {
  const headers = { origin: publicUrl };
  const ask = (path: string, init: Parameters<World["request"]>[1] = {}) =>
    world.request(path, { ...init, headers: { ...headers, ...init.headers } });
  const post = (path: string, body: unknown, cookie?: string) =>
    ask(path, { ...json(body), headers: { ...headers, "content-type": "application/json" }, cookie });
  const signIn = await post("/api/auth/sign-in/email", admin);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const registered = await post("/api/patients", li, cookie);
  const { id } = (await registered.clone().json()) as { id: string };
  const brotli = { headers: { "accept-encoding": "br" }, cookie };
  const readings = await ask(`/api/patients/${id}/readings?start=1&end=2`, brotli);
  const known = { ...brotli.headers, "if-none-match": readings.headers.get("etag") ?? "" };
  world.sandbox.inject({ kind: "refused", path: "device", count: 1 });
  const answers: [string, number, Response][] = [
    ["sign-in", 200, signIn],
    [
      "failed sign-in",
      401,
      await post("/api/auth/sign-in/email", { ...admin, password: "wrong wrong wrong" }),
    ],
    ["session", 200, await ask("/api/auth/get-session", { cookie })],
    ["registered", 201, registered],
    ["patient", 200, await ask(`/api/patients/${id}`, { cookie })],
    ["HEAD", 200, await ask(`/api/patients/${id}`, { method: "HEAD", cookie })],
    ["readings", 200, readings],
    ["the same", 304, await ask(`/api/patients/${id}/readings?start=1&end=2`, { headers: known, cookie })],
    ["search", 200, await post("/api/patients/search", {}, cookie)],
    ["bad input", 400, await post("/api/patients/search", { limit: "none" }, cookie)],
    ["no JSON", 400, await post("/api/patients/search", undefined, cookie)],
    ["too large", 400, await post("/api/patients", { name: "x".repeat(200_000) }, cookie)],
    ["not signed in", 401, await ask("/api/patients/facets")],
    [
      "another site",
      403,
      await ask("/api/patients", { method: "POST", headers: { origin: "https://evil.example" } }),
    ],
    ["unknown address", 404, await ask("/api/none", { cookie })],
    ["other method", 401, await ask("/api/patients", { method: "OPTIONS" })],
    ["the platform refuses", 502, await ask("/api/devices/P225043056", { cookie })],
    ["about", 200, await ask("/api/about")],
    ["OpenAPI", 200, await ask("/api/openapi.json")],
    ["alive", 200, await ask("/healthz")],
    ["ready", 200, await ask("/readyz")],
    ["metrics", 200, await ask("/metrics", { headers: { authorization: `Bearer ${metricsToken}` } })],
    ["security.txt", 200, await ask("/.well-known/security.txt")],
    ["sign-out", 200, await post("/api/auth/sign-out", {}, cookie)],
  ];
  await world.close();
  return [...answers, ["stopping", 503, await ask("/readyz")]];
}

const createClinic = (options: { publicUrl?: string } = {}) =>
  createWorld({
    ...options,
    metricsToken,
    securityContact: "security@clinic.example",
    sandboxMode: false,
    firstAdministrator: admin,
  });

test("every answer of the API says what a browser may do with it, and is kept nowhere", async () => {
  const answers = await answersOf(await createClinic({ publicUrl }));
  for (const [name, status, { headers, status: answered }] of answers) {
    expect([name, answered]).toEqual([name, status]);
    expect([name, Object.fromEntries(headers)]).toMatchObject([
      name,
      {
        "cache-control": "no-store",
        "content-security-policy":
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "strict-transport-security": "max-age=31536000",
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  }
});

test("every cookie is out of scripts' reach, stays with this site, and with https leaves over TLS only", async () => {
  const answers = await answersOf(await createClinic({ publicUrl }));
  const cookies = answers.flatMap(([, , { headers }]) => headers.getSetCookie());
  expect(cookies.length).toBeGreaterThan(1);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-trendline\./);
    for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain=");
  }
});

test("without TLS nothing is said about it", async () => {
  const world = await createClinic();
  const { headers } = await world.request("/api/about");
  expect(headers.get("strict-transport-security")).toBeNull();
});

test("security.txt says where to report a weakness, for a year, and is missing without an address", async () => {
  const text = await (await (await createClinic()).request("/.well-known/security.txt")).text();
  expect(text).toBe("Contact: mailto:security@clinic.example\nExpires: 2027-11-20T09:30:00.000Z\n");
  expect((await (await createWorld()).request("/.well-known/security.txt")).status).toBe(404);
});

test("every file of the client has its headers; the page is kept nowhere, hashed files for good", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-static-"));
  mkdirSync(join(folder, "assets"));
  for (const name of ["index.html", "icon.svg", "color-scheme.js", "assets/main-1a2b.js"])
    writeFileSync(join(folder, name), name === "index.html" ? '<meta nonce="__STYLE_NONCE__">' : "x");
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
  const app = createStatic({
    folder,
    publicUrl,
    log,
    metrics: createMetrics(),
    frameOrigins: async () => [],
    embedOrigins: [],
  });
  const html = { headers: { accept: "text/html" } };
  const forGood = "public, max-age=31536000, immutable";
  for (const [path, init, status, caching] of [
    ["/", html, 200, "no-store"],
    ["/index.html", {}, 200, "no-store"],
    ["/patients/secret-id?from=1", html, 200, "no-store"],
    ["/patients/secret-id", {}, 404, "no-cache"],
    ["/icon.svg", {}, 200, "no-cache"],
    ["/color-scheme.js", {}, 200, "no-cache"],
    ["/assets/main-1a2b.js", {}, 200, forGood],
    ["/assets/main-0000.js", {}, 404, "no-cache"],
    ["/assets/main-0000.js", html, 404, "no-cache"],
    ["/assets/", html, 404, "no-cache"],
    ["/icon.svg", { method: "POST" }, 405, "no-cache"],
    ["/icon.svg", { method: "PUT" }, 405, "no-cache"],
    ["/../../package.json", {}, 404, "no-cache"],
  ] as const) {
    const answer = await app.request(path, init);
    expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, status, caching]);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/]{22}=='/);
    expect(policy).not.toContain("unsafe");
    expect([path, Object.fromEntries(answer.headers)]).toMatchObject([
      path,
      {
        "strict-transport-security": "max-age=31536000",
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": expect.stringContaining("camera=(self), microphone=()"),
      },
    ]);
  }
  const pages = await Promise.all([app.request("/"), app.request("/index.html"), app.request("/x", html)]);
  const nonces = pages.map(
    ({ headers }) => /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1],
  );
  expect(new Set(nonces).size).toBe(3);
  const texts = await Promise.all(pages.map((page) => page.text()));
  expect(texts).toEqual(nonces.map((nonce) => `<meta nonce="${nonce}">`));
  rmSync(folder, { recursive: true });
  const routes = lines.map((line) => (JSON.parse(line) as { route: string }).route);
  expect(routes).toHaveLength(16);
  expect(new Set(routes)).toEqual(new Set(["page", "/assets/*"]));
  expect(lines.join("")).not.toContain("secret-id");
});
