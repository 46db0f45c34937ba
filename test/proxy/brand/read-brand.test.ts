import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { noteWords } from "#proxy/brand/note-words.ts";
import { readBrand } from "#proxy/brand/read-brand.ts";
import { chunk, circle, png, svg } from "./pictures.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Files = Record<string, string | Uint8Array>;

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "trendline-brand-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const brandWith = (values: unknown, files: Files = {}) =>
  readBrand(folderOf({ "brand.json": JSON.stringify(values), ...files }));

/** The codes of what is not used. */
const refusedIn = ({ notes }: ReturnType<typeof readBrand>) =>
  notes.filter(({ kind }) => kind === "refused").map(({ code, key }) => `${key ?? "whole"}: ${code}`);

test("a whole brand is used as it is written", () => {
  const brand = brandWith(
    {
      name: "Glukosys Care",
      logo: "logo.svg",
      darkLogo: "dark.png",
      icon: "icon.png",
      pdfLogo: "paper.png",
      accent: "#A21CAF",
      support: "help@glukosys.example",
      legal: "Glukosys GmbH, Hamburg",
    },
    {
      "logo.svg": svg(circle),
      "dark.png": png(80, 40),
      "icon.png": png(32, 32),
      "paper.png": png(200, 50, { colourType: 2 }),
    },
  );
  expect(brand.notes).toEqual([]);
  expect(brand).toMatchObject({
    name: "Glukosys Care",
    logo: { type: "image/svg+xml", ratio: 1 },
    darkLogo: { type: "image/png", ratio: 2 },
    icon: { ratio: 1 },
    pdfLogo: { ratio: 4 },
    accent: { given: "#a21caf" },
    support: { href: "mailto:help@glukosys.example" },
    legal: "Glukosys GmbH, Hamburg",
  });
});

const js = "javascript:alert(1)";
/** An SVG that does more than draw, or is none: what is said of it. */
const hostileSvgs: [what: string, content: string, code: string, part?: string][] = [
  ["a script", svg(`<script>alert(1)</script>${circle}`), "svg-part", "<script>"],
  [
    "a script under another name",
    svg(`<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>${circle}`),
    "svg-part",
    "<x:script>",
  ],
  ["a foreignObject", svg(`<foreignObject><p>x</p></foreignObject>${circle}`), "svg-part", "<foreignObject>"],
  ["a handler", svg('<circle r="9" onclick="alert(1)"/>'), "svg-part", 'onclick="alert(1)"'],
  [
    "a handler at the root",
    svg(circle, 'viewBox="0 0 4 4" onload="alert(1)"'),
    "svg-part",
    'onload="alert(1)"',
  ],
  ["a handler in capitals", svg('<circle r="9" ONLOAD="alert(1)"/>'), "svg-part", 'ONLOAD="alert(1)"'],
  ["a picture from elsewhere", svg('<image href="https://evil.example/x.png"/>'), "svg-part", "<image>"],
  ["a use from elsewhere", svg('<use href="https://evil.example/x.svg#a"/>'), "svg-part"],
  [
    "a use by xlink from elsewhere",
    svg('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example/x#a"/>'),
    "svg-part",
  ],
  [
    "a link under another prefix",
    svg(`<use xmlns:q="http://www.w3.org/1999/xlink" q:href="${js}"/>`),
    "svg-part",
  ],
  ["a script's address spelt by entities", svg('<use href="&#106;avascript:alert(1)"/>'), "svg-part"],
  ["a link", svg(`<a href="https://evil.example">${circle}</a>`), "svg-part", "<a>"],
  [
    "a style that fetches",
    svg(`<style>circle{fill:url(https://evil.example/x)}</style>${circle}`),
    "svg-part",
  ],
  ["a style that imports", svg(`<style>@import "https://evil.example/x.css";</style>${circle}`), "svg-part"],
  [
    "a style that hides its url",
    svg(`<style>circle{fill:u\\72l(https://evil.example/x)}</style>${circle}`),
    "svg-part",
  ],
  ["a fill from elsewhere", svg('<circle r="9" fill="url(https://evil.example/x#a)"/>'), "svg-part"],
  [
    "a style of its own from elsewhere",
    svg('<circle r="9" style="background:URL( //evil.example/x )"/>'),
    "svg-part",
  ],
  [
    "data within",
    svg('<circle r="9" style="background:image-set(\'data:image/png;base64,x\')"/>'),
    "svg-part",
  ],
  ["an animation", svg(`<animate attributeName="x" to="9"/>${circle}`), "svg-part", "<animate>"],
  ["a set", svg(`<set attributeName="href" to="${js}"/>${circle}`), "svg-part", "<set>"],
  [
    "a filter",
    svg(`<filter id="a"><feImage href="https://evil.example/x"/></filter>${circle}`),
    "svg-part",
    "<filter>",
  ],
  ["an embedded page", svg(`<iframe src="https://evil.example"/>${circle}`), "svg-part", "<iframe>"],
  ["entities", `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${svg(`<text>&a;</text>`)}`, "svg-part", "<!DOCTYPE"],
  [
    "a file by an entity",
    `<!DOCTYPE svg SYSTEM "file:///etc/passwd">${svg(circle)}`,
    "svg-part",
    "<!DOCTYPE",
  ],
  [
    "a style sheet's instruction",
    `<?xml-stylesheet href="https://evil.example/x.css"?>${svg(circle)}`,
    "svg-part",
    "<?xml-stylesheet",
  ],
  ["an entity that is none", svg("<text>&nbsp;</text>"), "damaged"],
  ["half of it", svg(circle).slice(0, -10), "damaged"],
  ["an end that was not begun", svg(`${circle}</g>`), "damaged"],
  ["two roots", svg(circle) + svg(circle), "damaged"],
  ["an attribute twice", svg('<circle r="9" r="8"/>'), "damaged"],
  ["an attribute without quotes", svg("<circle r=9 />"), "damaged"],
  ["a prefix of nothing", svg('<circle r="9" foo:bar="1"/>'), "damaged"],
  ["no name space", '<svg viewBox="0 0 4 4"><path d="M0 0h4"/></svg>', "damaged"],
  ["text beside the root", `${svg(circle)}alert(1)`, "damaged"],
  ["a control character", svg(`<text>\u0001</text>`), "damaged"],
  ["no viewBox", svg(circle, 'width="40" height="40"'), "svg-no-view-box"],
  ["a viewBox of nothing", svg(circle, 'viewBox="0 0 0 40"'), "svg-no-view-box"],
  ["nothing drawn", svg("<g></g>"), "svg-blank"],
  ["too many elements", svg(circle.repeat(6000)), "svg-too-much"],
  ["uses of uses", svg(`<g id="a">${circle}</g>${'<use href="#a"/>'.repeat(11)}`), "svg-too-much"],
  ["a line", svg(circle, 'viewBox="0 0 20000 1"'), "picture-shape"],
  ["a column", svg(circle, 'viewBox="0 0 10 100"'), "picture-shape"],
  ["a page", `<!doctype html><html><body>${svg(circle)}</body></html>`, "not-svg"],
  ["a PNG", png(32, 32).toString("latin1"), "not-svg"],
];

test.each(hostileSvgs)(
  "a logo.svg with %s is not used, and it is said what to do",
  (_what, content, code, part) => {
    const brand = brandWith({ name: "Glukosys", logo: "logo.svg" }, { "logo.svg": content });
    expect(refusedIn(brand)).toEqual([`logo: ${code}`]);
    expect(brand).toMatchObject({ name: "Glukosys", logo: null, pdfLogo: null });
    const [note] = brand.notes;
    expect(note?.file).toBe("logo.svg");
    if (part) expect(note?.values.part).toBe(part);
    expect(note && noteWords(note)).toMatch(/^Logo \(logo\): logo\.svg .*Trendline’s own is shown instead/);
  },
);

const plain: [what: string, content: string][] = [
  [
    "Illustrator",
    `<?xml version="1.0" encoding="utf-8"?>\n<!-- Generator: Adobe Illustrator -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${svg(
      '<style type="text/css">.st0{fill:#FFF;clip-path:url(#b);}</style><defs><rect id="a" width="9" height="9"/></defs><clipPath id="b"><use xlink:href="#a" style="overflow:visible;"/></clipPath><path class="st0" d="M0 0h9v9z"/>',
      'xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 96 24" xml:space="preserve"',
    )}`,
  ],
  [
    "Figma",
    svg(
      '<g clip-path="url(#c)"><path fill-rule="evenodd" d="M0 0h9" fill="url(#g)"/></g><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1" gradientUnits="userSpaceOnUse"><stop stop-color="#fff"/><stop offset="1" stop-color="#000" stop-opacity=".5"/></linearGradient><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>',
      'width="64" height="32" viewBox="0 0 64 32" fill="none"',
    ),
  ],
  ["a text editor", `\uFEFF${svg("<title>A &amp; B</title><text y='9'>A &lt; B</text>")}\n`],
];
test.each(plain)("a logo as %s writes it is used", (_what, content) => {
  const brand = brandWith({ logo: "logo.svg" }, { "logo.svg": content });
  expect(refusedIn(brand)).toEqual([]);
  expect(brand.logo?.bytes).toEqual(new Uint8Array(Buffer.from(content)));
});

const whole = png(64, 32);
const bomb = png(16, 16, { rows: Buffer.alloc(50_000_000) });
const hostilePngs: [what: string, content: Uint8Array | string, code: string][] = [
  ["no image", "hello", "not-png"],
  ["a page", "<!DOCTYPE html><html></html>", "not-png"],
  ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), "not-png"],
  ["an SVG", svg(circle), "not-png"],
  ["half of it", whole.subarray(0, whole.length / 2), "damaged"],
  ["all but its last byte", whole.subarray(0, -1), "damaged"],
  ["something behind it", Buffer.concat([whole, Buffer.from("<script>")]), "damaged"],
  ["a byte changed", whole.map((byte, at) => (at === 45 ? byte ^ 1 : byte)), "damaged"],
  ["a signature alone", whole.subarray(0, 8), "damaged"],
  ["too few rows", png(64, 32, { rows: Buffer.alloc(1000) }), "damaged"],
  ["more rows than it says", bomb, "damaged"],
  ["a filter that there is not", png(16, 16, { rows: Buffer.alloc(16 * 65, 9) }), "damaged"],
  ["a palette that is missing", png(16, 16, { colourType: 3 }), "damaged"],
  ["a depth that there is not", png(16, 16, { colourType: 2, depth: 4 }), "damaged"],
  ["20,000 × 1 px", png(20_000, 1), "picture-size"],
  ["4 × 4 px", png(4, 4), "picture-size"],
  ["900 × 100 px", png(900, 100, { colourType: 0 }), "picture-shape"],
  ["interlacing", png(16, 16, { interlacing: 1 }), "interlaced"],
  ["an animation", png(16, 16, { more: [chunk("acTL", Buffer.alloc(8))] }), "moving"],
  ["nothing", "", "empty"],
  ["40 MB", Buffer.alloc(40_000_000), "too-large"],
];
test.each(hostilePngs)("a logo.png with %s is not used", (_what, content, code) => {
  const brand = brandWith({ accent: "#003087", logo: "logo.png" }, { "logo.png": content });
  expect(refusedIn(brand)).toEqual([`logo: ${code}`]);
  expect(brand.accent?.given).toBe("#003087");
  expect(brand.logo).toBeNull();
});

test("every kind of PNG is whole on paper, on white", () => {
  const palette = chunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255]));
  const transparent = chunk("tRNS", Buffer.from([0]));
  const kinds = [
    png(16, 16, { colourType: 0, depth: 1 }),
    png(16, 16, { colourType: 0, depth: 16 }),
    png(16, 16, { colourType: 2, depth: 16 }),
    png(16, 16, { colourType: 4 }),
    png(16, 16, { colourType: 3, depth: 2, more: [palette, transparent] }),
  ];
  for (const logo of kinds) {
    const brand = brandWith({ logo: "logo.png" }, { "logo.png": logo });
    expect(brand.notes).toEqual([]);
    // What is written for paper is a PNG that may itself be a logo.
    const again = brandWith({ logo: "logo.png" }, { "logo.png": brand.pdfLogo?.png ?? "" });
    expect(again.notes).toEqual([]);
  }
});

const wrongValues: [key: string, value: unknown, code: string][] = [
  ["accent", "salmonish", "no-colour"],
  ["accent", "#12", "no-colour"],
  ["accent", "rgb(1, 2, 3)", "no-colour"],
  ["accent", "#12345678", "no-colour"],
  ["accent", "#ggg", "no-colour"],
  ["accent", "red;}body{display:none", "no-colour"],
  ["accent", 123456, "not-text"],
  ["name", "x".repeat(200), "long-text"],
  ["name", "", "empty-text"],
  ["name", "   ", "empty-text"],
  ["name", "a\u202Eb", "unusable-text"],
  ["name", "a\nb", "unusable-text"],
  ["name", "{{count}}", "unusable-text"],
  ["name", "\u200B", "empty-text"],
  ["name", ["a"], "not-text"],
  ["legal", "x".repeat(201), "long-text"],
  ["support", "javascript:alert(1)", "no-contact"],
  ["support", "data:text/html,x", "no-contact"],
  ["support", "http://glukosys.example", "no-contact"],
  ["support", "https://user:pass@glukosys.example", "no-contact"],
  ["support", "https://", "no-contact"],
  ["support", "12", "no-contact"],
  ["support", "ask Jane", "no-contact"],
  ["logo", "../logo.svg", "not-a-file-name"],
  ["logo", "/etc/passwd", "not-a-file-name"],
  ["logo", "https://evil.example/logo.svg", "not-a-file-name"],
  ["logo", "logo.gif", "not-a-file-name"],
  ["logo", "logo", "not-a-file-name"],
  ["logo", "a\\b.svg", "not-a-file-name"],
  ["logo", "gone.svg", "missing"],
  ["logo", {}, "not-text"],
  ["pdfLogo", "logo.svg", "not-png"],
  ["icon", "wide.png", "icon-shape"],
];
test.each(wrongValues)("%s: %j is not used, and the rest of the brand is", (key, value, code) => {
  const legal = key === "legal" ? {} : { legal: "Glukosys GmbH" };
  const brand = brandWith({ ...legal, [key]: value }, { "wide.png": png(64, 32) });
  expect(refusedIn(brand)).toEqual([`${key}: ${code}`]);
  if (key !== "legal") expect(brand.legal).toBe("Glukosys GmbH");
  expect(brand[key as "name"]).toBeNull();
});

const rightValues: [key: string, value: string, shown: unknown][] = [
  ["accent", "#ABC", expect.objectContaining({ given: "#aabbcc" })],
  ["name", "عيادة السكري", "عيادة السكري"],
  ["name", "Glukosys 💧", "Glukosys 💧"],
  ["name", "<b>&\"'", "<b>&\"'"],
  ["name", "康糖云", "康糖云"],
  ["support", "+49 (40) 123-456", { text: "+49 (40) 123-456", href: "tel:+4940123456" }],
  [
    "support",
    "https://help.glukosys.example/",
    { text: "help.glukosys.example", href: "https://help.glukosys.example/" },
  ],
];
test.each(rightValues)("%s: %s is used", (key, value, shown) => {
  const brand = brandWith({ [key]: value });
  expect(refusedIn(brand)).toEqual([]);
  expect(brand[key as "name"]).toEqual(shown);
});

const wrongFiles: [what: string, content: string | Uint8Array | null, code: string][] = [
  ["is missing", null, "no-brand-file"],
  ["is empty", "", "empty"],
  ["is blank", " \n", "empty"],
  ["has a comma too many", '{\n"name": "A",\n}', "not-json"],
  ["ends in the middle", '{"name": "A', "not-json"],
  ["is a list", "[]", "not-an-object"],
  ["is a text", '"A"', "not-an-object"],
  ["is null", "null", "not-an-object"],
  ["is UTF-16", Buffer.from('\uFEFF{"name":"A"}', "utf16le"), "not-utf8"],
  ["is Latin-1", Buffer.from('{"name":"Bär"}', "latin1"), "not-utf8"],
  ["has a megabyte", `{"name":"${"x".repeat(1_000_000)}"}`, "too-large"],
];
test.each(wrongFiles)("of a folder whose brand.json %s nothing is shown", (_what, content, code) => {
  const brand = readBrand(folderOf(content === null ? {} : { "brand.json": content }));
  expect(refusedIn(brand)).toEqual([`whole: ${code}`]);
  expect(brand.name).toBeNull();
});

test("a fault of JSON names its line", () => {
  const brand = readBrand(folderOf({ "brand.json": '{\n"name": "A",\n}' }));
  expect(brand.notes.map(noteWords).join()).toMatch(/^brand\.json is not valid JSON: look at line 3 /);
});

test("a key that nothing reads is named beside those that are read", () => {
  const brand = brandWith({ name: "Glukosys", colour: "#003087", __proto__x: 1 });
  expect(brand.name).toBe("Glukosys");
  expect(refusedIn(brand)).toEqual(["whole: unknown-key", "whole: unknown-key"]);
  expect(brand.notes.map(noteWords)[0]).toMatch(/“colour”.*Known are name, logo, .*accent/);
});

test("a folder that is not there, is a file or may not be read is said", () => {
  const folder = folderOf({ "brand.json": '{"name":"A"}' });
  expect(refusedIn(readBrand(join(folder, "gone")))).toEqual(["whole: no-folder"]);
  expect(refusedIn(readBrand(join(folder, "brand.json")))).toEqual(["whole: not-a-folder"]);
  expect(refusedIn(readBrand(join(folder, "brand.json/x")))).toEqual(["whole: not-a-folder"]);
  if (process.getuid?.() !== 0) {
    chmodSync(join(folder, "brand.json"), 0);
    expect(refusedIn(readBrand(folder))).toEqual(["whole: unreadable"]);
  }
});

test("what is no file is not waited for, and a link within the machine's own folders is followed", () => {
  const folder = folderOf({
    "brand.json": '{"logo":"a.svg","darkLogo":"b.png","icon":"c.svg"}',
    "real.svg": svg(circle),
  });
  mkdirSync(join(folder, "a.svg"));
  symlinkSync("/dev/zero", join(folder, "b.png"));
  symlinkSync(join(folder, "real.svg"), join(folder, "c.svg"));
  const brand = readBrand(folder);
  expect(refusedIn(brand)).toEqual(["logo: not-a-file", "darkLogo: not-a-file"]);
  expect(brand.icon?.ratio).toBe(1);
});

test("a dark logo without the other one is not shown", () => {
  const brand = brandWith({ darkLogo: "dark.png" }, { "dark.png": png(32, 32) });
  expect(refusedIn(brand)).toEqual(["darkLogo: dark-alone"]);
  expect(brand.darkLogo).toBeNull();
});

test("every byte that is read makes another brand", () => {
  const folder = folderOf({ "brand.json": '{"logo":"logo.svg"}', "logo.svg": svg(circle) });
  const before = readBrand(folder);
  expect(readBrand(folder).fingerprint).toBe(before.fingerprint);
  writeFileSync(join(folder, "logo.svg"), svg(circle + circle));
  const after = readBrand(folder);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(after.logo?.address).not.toBe(before.logo?.address);
});
