import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brandInUse } from "#contract/brand.ts";
import type { Brand } from "#proxy/brand/brand.ts";
import { brandedDocument } from "#proxy/brand/document.ts";
import { withPicturesWithin } from "#proxy/brand/inline.ts";
import { brandFingerprint, readBrand } from "#proxy/brand/read-brand.ts";
import { createStatic } from "#proxy/http/static.ts";
import { createMetrics } from "#proxy/observe/metrics.ts";
import { createStaffWorld } from "#test/proxy/auth/staff-world.ts";
import { createWorld, type World } from "#test/support/world.ts";
import { circle, png, svg } from "./pictures.ts";

const folder = mkdtempSync(join(tmpdir(), "trendline-brand-"));
const page = readFileSync("index.html", "utf8");
let brand: Brand;
let world: World;

const values = {
  name: 'Gluk<b>osys "Care"',
  logo: "logo.svg",
  darkLogo: "dark.png",
  accent: "#a21caf",
  support: "https://help.glukosys.example/?a=1&b=2",
  legal: "Glukosys <GmbH>",
};

beforeAll(async () => {
  writeFileSync(join(folder, "brand.json"), JSON.stringify(values));
  writeFileSync(join(folder, "logo.svg"), svg(circle));
  writeFileSync(join(folder, "dark.png"), png(32, 32));
  brand = readBrand(folder);
  world = await createWorld({
    brand,
    hasBrandChanged: () => brandFingerprint(folder) !== brand.fingerprint,
  });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const documentOf = async (worn: Brand | null) => {
  writeFileSync(join(folder, "index.html"), page);
  const app = createStatic({
    folder,
    publicUrl: "https://clinic.example",
    log: pino({ level: "silent" }),
    metrics: createMetrics(),
    brand: worn,
    frameOrigins: async () => [],
    embedOrigins: [],
  });
  const text = await (await app.request("/", { headers: { accept: "text/html" } })).text();
  return text.replace(/nonce="[^"]*"/, 'nonce="__STYLE_NONCE__"');
};

test("without a brand, and with one of which nothing is right, the page is the same to the byte", async () => {
  expect(await documentOf(null)).toBe(page);
  expect(await documentOf(readBrand(join(folder, "gone")))).toBe(page);
  expect(brandedDocument(page, null)).toBe(page);
});

test("the page has name, colours, icon, help, legal line and what the software is, and nothing of it is markup", async () => {
  const html = await documentOf(brand);
  const name = "Gluk&#60;b&#62;osys &#34;Care&#34;";
  expect(html).toContain(`<title>${name}</title>`);
  expect(html).toContain(`href="${brand.logo?.address}" type="image/svg+xml"`);
  expect(html).toMatch(/<link rel="stylesheet" href="\/brand-files\/styles-[0-9a-f]{16}\.css" \/>/);
  expect(html).toContain("Glukosys &#60;GmbH&#62;");
  expect(html).toContain('<a href="https://help.glukosys.example/?a=1&#38;b=2">');
  expect(html).toContain("is made with Trendline");
  expect(html).toContain("由 Trendline 提供技术支持");
  expect(html).not.toMatch(/<b>|<GmbH>|<svg/);
  const shown = /data-brand="([^"]*)"/
    .exec(html)?.[1]
    ?.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  expect(JSON.parse(shown ?? "")).toEqual({
    name: values.name,
    logo: brand.logo?.address,
    dark: brand.darkLogo?.address,
    ratio: 1,
  });
});

const addresses = () => {
  const styles = /href="(\/brand-files\/styles[^"]*)"/.exec(brandedDocument(page, brand))?.[1] ?? "";
  return [brand.logo?.address ?? "", brand.darkLogo?.address ?? "", styles];
};

test("a page without a server has all of it within itself", () => {
  const alone = brandedDocument(page, withPicturesWithin(brand), { isAlone: true });
  expect(alone).not.toContain("/brand-files/");
  expect(alone).toContain(`href="data:image/svg+xml;base64,${Buffer.from(svg(circle)).toString("base64")}"`);
  expect(alone).toMatch(/<style>[^<]*--mantine-primary-color-filled:#a21caf;[^<]*<\/style>/);
});

test("its files are for everybody, for good, and do nothing when they are opened by themselves", async () => {
  const types = ["image/svg+xml", "image/png", "text/css; charset=utf-8"];
  for (const [index, address] of addresses().entries()) {
    const answer = await world.request(address);
    expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
      200,
      {
        "content-type": types[index],
        "content-security-policy": expect.stringMatching(/^default-src 'none'; .*sandbox$/),
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=31536000, immutable",
      },
    ]);
  }
  const logo = await world.request(brand.logo?.address ?? "");
  expect(await logo.text()).toBe(svg(circle));
});

test("a page of another server's brand gets this one's, and keeps it no longer than it is asked for", async () => {
  const answer = await world.request("/brand-files/logo-0123456789abcdef.png");
  expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
    200,
    "image/svg+xml",
    "no-store",
  ]);
  for (const path of [
    "/brand-files/brand.json",
    "/brand-files/icon-0.svg",
    "/brand-files/..%2fbrand.json",
    "/brand-files/",
  ])
    expect([path, (await world.request(path)).status]).toEqual([path, 404]);
});

test("what was read at the start is shown until the next one, and administrators hear that the folder is another", async () => {
  const cookie = await world.signIn("administrator");
  const ask = async () => brandInUse.parse(await (await world.request("/api/brand", { cookie })).json());
  expect(await ask()).toMatchObject({
    folder,
    name: values.name,
    logo: { address: brand.logo?.address },
    accent: { given: "#a21caf" },
    hasChanged: false,
    notes: [{ code: "no-pdf-logo" }],
  });
  const half = svg(circle).slice(0, 60);
  writeFileSync(join(folder, "logo.svg"), half);
  expect(await ask()).toMatchObject({ logo: { address: brand.logo?.address }, hasChanged: true });
  expect(await (await world.request(brand.logo?.address ?? "")).text()).toBe(svg(circle));
  writeFileSync(join(folder, "logo.svg"), svg(circle));
  expect((await ask()).hasChanged).toBe(false);
});

test("without a brand administrators see Trendline's own, with its contrasts", async () => {
  const own = await createWorld();
  const cookie = await own.signIn("administrator");
  const { accent, ...rest } = brandInUse.parse(await (await own.request("/api/brand", { cookie })).json());
  expect(rest).toMatchObject({ folder: null, name: "Trendline", notes: [], hasChanged: false });
  expect(accent.contrasts.filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
  expect((await own.request("/brand-files/logo-0.svg")).status).toBe(404);
  await own.close();
});

test("an authenticator app calls it as the partner does; API, records and the trail call it Trendline", async () => {
  const staff = await createStaffWorld({ brand: { ...brand, name: "Glukosys: Care" } });
  const { secret, uri } = await staff.enrol((await staff.signIn()).cookie);
  expect(secret).not.toBe("");
  expect(new URL(uri).searchParams.get("issuer")).toBe("Glukosys  Care");
  const metadata = await world.request("/fhir/metadata");
  expect(await metadata.json()).toMatchObject({ software: { name: "Trendline" } });
  const cookie = await world.signIn("administrator");
  const document = await world.request("/api/openapi.json", { cookie });
  expect(await document.json()).toMatchObject({ info: { title: "Trendline" } });
  await staff.close();
});
