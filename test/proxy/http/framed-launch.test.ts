import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { createStatic } from "#proxy/http/static.ts";
import { createMetrics } from "#proxy/observe/metrics.ts";

const folder = mkdtempSync(join(tmpdir(), "trendline-framed-"));
writeFileSync(join(folder, "index.html"), "<p>the app</p>");
afterAll(() => rmSync(folder, { recursive: true }));

const pagesWith = (...origins: string[]) => pages(origins, []);
const pages = (frameOrigins: string[], embedOrigins: string[]) =>
  createStatic({
    folder,
    publicUrl: "https://trendline.example",
    log: pino({ level: "silent" }),
    metrics: createMetrics(),
    frameOrigins: async () => frameOrigins,
    embedOrigins,
  });
const ask = (app: ReturnType<typeof pagesWith>, path: string, dest: string) =>
  app.request(path, { headers: { accept: "text/html", "sec-fetch-dest": dest } });
const launch = "/launch?iss=https%3A%2F%2Frecord.example%2Ffhir&launch=x";

test("within a frame the way in is a link to a window of its own, for exactly the registered origins", async () => {
  const answer = await ask(pagesWith("https://a.example", "https://b.example:8443"), launch, "iframe");
  expect(answer.headers.get("content-security-policy")).toBe(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors https://a.example https://b.example:8443",
  );
  expect(answer.headers.get("x-frame-options")).toBeNull();
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  const text = await answer.text();
  expect(text).not.toContain("the app");
  expect(text).toContain(`href="${launch.replace("&", "&amp;")}" target="_blank" rel="noopener"`);
  expect(text).toContain("在 Trendline 的独立窗口中打开此患者");
  expect(text.match(/allow-popups-to-escape-sandbox/g)).toHaveLength(2);
});

test("nothing of the address becomes more than an address", async () => {
  const path = `/launch?iss="><script>alert(1)</script>&launch='x`;
  const text = await (await ask(pagesWith("https://a.example"), path, "iframe")).text();
  expect(text).not.toContain("<script>");
  expect(text.match(/<a /g)).toHaveLength(2);
});

test.each([
  ["the way in, in a window of its own", launch, "document", ["https://a.example"]],
  ["the way in, where no record may frame it", launch, "iframe", []],
  ["the way in as an object", launch, "object", ["https://a.example"]],
  ["the way back", "/launch/return?state=x&code=y", "iframe", ["https://a.example"]],
  ["a patient's page", "/patients/one", "iframe", ["https://a.example"]],
  ["sign-in", "/sign-in", "iframe", ["https://a.example"]],
  ["an address that begins like it", "/launching", "iframe", ["https://a.example"]],
])("no page of the app is ever framed: %s", async (_name, path, dest, origins) => {
  const answer = await ask(pagesWith(...origins), path, dest);
  expect(await answer.text()).toContain("the app");
  expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(answer.headers.get("x-frame-options")).toBe("DENY");
});

test("the page for partners may be framed by exactly the configured origins, and it alone", async () => {
  const partners = ["https://portal.partner.example", "http://localhost:8080"];
  const app = pages(["https://a.example"], partners);
  for (const path of ["/embed", "/embed?x=1"])
    for (const dest of ["iframe", "document"]) {
      const { headers } = await ask(app, path, dest);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain(`frame-ancestors ${partners.join(" ")}`);
      expect(policy).toContain("script-src 'self';");
      expect(headers.get("x-frame-options")).toBeNull();
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.getSetCookie()).toEqual([]);
    }
  expect((await ask(app, launch, "iframe")).headers.get("content-security-policy")).toContain(
    "frame-ancestors https://a.example",
  );
  for (const path of ["/", "/embed/", "/embedded", "/patients/one", "/sign-in", "/icon.svg", "//embed"]) {
    const { headers } = await ask(app, path, "iframe");
    expect([path, headers.get("content-security-policy")]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
  const nobody = (await ask(pages(["https://a.example"], []), "/embed", "iframe")).headers;
  expect(nobody.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(nobody.get("x-frame-options")).toBe("DENY");
});
