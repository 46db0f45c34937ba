import { join, resolve } from "node:path";
import * as z from "zod";
import { type BrandKey, type BrandNote, brandKeys } from "#contract/brand.ts";
import { humanText } from "#contract/human-text.ts";
import { type Accent, accentOf } from "./accent.ts";
import { type Brand, type BrandPicture, type Contact, no, ownName, type Read, refused } from "./brand.ts";
import { checkPicture, utf8 } from "./check-picture.ts";
import { type Pixels, writePng } from "./check-png.ts";
import { hashOf } from "./hash.ts";
import { isInPdfFonts } from "./pdf-fonts.ts";
import { checkFolder, readBounded } from "./read-file.ts";

const brandFile = "brand.json";
const mostJsonBytes = 64 * 1024;
const mostPictureBytes = 512 * 1024;
const longestName = 40;
const longestLegal = 200;
const longestContact = 200;

function readJson(path: string): Read<{ values: Record<string, unknown> }> {
  const bytes = readBounded(path, mostJsonBytes);
  if ("no" in bytes) return bytes.no.code === "missing" ? no("no-brand-file", brandFile) : bytes;
  const text = utf8(bytes.is);
  if (text === null) return no("not-utf8", brandFile);
  if (text.trim() === "") return no("empty", brandFile);
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values !== "object" || values === null || Array.isArray(values))
      return no("not-an-object", brandFile);
    return { is: { values: { ...values } } };
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    return no("not-json", brandFile, { line: text.slice(0, at).split("\n").length });
  }
}

/** As it may stand in a note. */
const quoted = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

/** A text for people, on one line. */
function textOf(value: unknown, most: number): Read<string> {
  if (typeof value !== "string") return no("not-text", brandFile);
  const parsed = z.safeParse(humanText(most), value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    if (first?.message === "required") return no("empty-text", brandFile);
    if (first?.message === "too-long")
      return no("long-text", brandFile, { count: [...value.trim()].length, most });
    return no("unusable-text", brandFile);
  }
  // It becomes part of sentences, whose own blanks are filled after it.
  return /\{\{|\}\}/.test(parsed.data) ? no("unusable-text", brandFile) : { is: parsed.data };
}

function accentIn(value: unknown): Read<Accent> {
  if (typeof value !== "string") return no("not-text", brandFile);
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(value.trim()) ?? [];
  const digits = long ?? short?.replace(/./g, "$&$&");
  return digits
    ? { is: accentOf(`#${digits.toLowerCase()}`) }
    : no("no-colour", brandFile, { value: quoted(value) });
}

function contactIn(value: unknown): Read<Contact> {
  const text = textOf(value, longestContact);
  if ("no" in text) return text;
  const { is } = text;
  if (z.email().safeParse(is).success) return { is: { text: is, href: `mailto:${is}` } };
  if (/^\+?[\d\s().\-/]{5,30}$/.test(is) && is.replace(/\D/g, "").length >= 5)
    return { is: { text: is, href: `tel:${is.replace(/[^\d+]/g, "")}` } };
  const url = /^https:\/\//i.test(is) && URL.canParse(is) ? new URL(is) : null;
  if (url && !url.username && !url.password && url.hostname.includes("."))
    return { is: { text: is.replace(/^https:\/\//i, "").replace(/\/$/, ""), href: url.href } };
  return no("no-contact", brandFile, { value: quoted(is) });
}

const pictureKeys = ["logo", "darkLogo", "icon", "pdfLogo"] as const;
type PictureKey = (typeof pictureKeys)[number];
type Picture = { picture: BrandPicture; pixels: Pixels | null };

interface Files {
  json: ReturnType<typeof readJson>;
  pictures: ReadonlyMap<PictureKey, Read<{ file: string; bytes: Uint8Array<ArrayBuffer> }>>;
}

function readPicture(
  folder: string,
  key: PictureKey,
  value: unknown,
): Read<{ file: string; bytes: Uint8Array<ArrayBuffer> }> {
  if (typeof value !== "string") return no("not-text", brandFile);
  if (!/^[^\\/\0]{1,100}\.(?:svg|png)$/i.test(value) || value.startsWith("."))
    return no("not-a-file-name", brandFile, { value: quoted(value) });
  if (key === "pdfLogo" && !/\.png$/i.test(value)) return no("not-png", value, { kind: "SVG" });
  const bytes = readBounded(join(folder, value), mostPictureBytes);
  return "no" in bytes ? bytes : { is: { file: value, bytes: bytes.is } };
}

/** All that lies in a folder, each file read once and nothing of it looked at yet. */
function readFiles(folder: string): Files {
  const there = checkFolder(folder);
  const json = "no" in there ? there : readJson(join(folder, brandFile));
  const values = "is" in json ? json.is.values : {};
  const named = pictureKeys.filter((key) => values[key] !== undefined && values[key] !== null);
  return { json, pictures: new Map(named.map((key) => [key, readPicture(folder, key, values[key])])) };
}

const fingerprintOf = ({ json, pictures }: Files): string =>
  hashOf(
    JSON.stringify([json, ...pictures], (_, value) =>
      value instanceof Uint8Array ? hashOf(value) : (value as unknown),
    ),
  );

/** Of all that is in a folder now. */
export const brandFingerprint = (dir: string): string => fingerprintOf(readFiles(resolve(dir)));

/** What is good to know of a brand whose parts are all right. */
function advice(
  brand: Pick<Brand, "name" | "legal" | "logo" | "pdfLogo">,
  asked: ReadonlySet<string>,
): BrandNote[] {
  const notes: BrandNote[] = [];
  if (brand.logo && !brand.pdfLogo && !asked.has("pdfLogo"))
    notes.push({ kind: "advice", key: "pdfLogo", code: "no-pdf-logo", file: brand.logo.file, values: {} });
  for (const key of ["name", "legal"] as const)
    if (brand[key] !== null && !isInPdfFonts(brand[key]))
      notes.push({ kind: "advice", key, code: "not-in-pdf", file: brandFile, values: {} });
  return notes;
}

const nothing = {
  name: null,
  logo: null,
  darkLogo: null,
  icon: null,
  pdfLogo: null,
  accent: null,
  support: null,
  legal: null,
} as const;

/**
 * The brand in a folder. What is right of it is used; what is wrong is Trendline's own instead, with a note: a broken
 * logo keeps nobody from their patients, so that no server refuses to start for it.
 */
export function readBrand(dir: string): Brand {
  const folder = resolve(dir);
  const files = readFiles(folder);
  const fingerprint = fingerprintOf(files);
  const { json, pictures } = files;
  if ("no" in json) return { ...nothing, folder, notes: [refused(null, json)], fingerprint };
  const { values } = json.is;
  const notes: BrandNote[] = Object.keys(values)
    .filter((key) => !brandKeys.some((known) => known === key))
    .slice(0, 20)
    .map((key) =>
      refused(null, no("unknown-key", brandFile, { key: quoted(key), known: brandKeys.join(", ") })),
    );
  const taken = <T>(key: BrandKey, found: Read<T> | undefined): T | null => {
    if (found && "no" in found) notes.push(refused(key, found));
    return found && "is" in found ? found.is : null;
  };
  const take = <T>(key: BrandKey, read: (value: unknown) => Read<T>): T | null =>
    values[key] === undefined || values[key] === null ? null : taken(key, read(values[key]));
  const picture = (key: PictureKey): Picture | null => {
    const file = taken(key, pictures.get(key));
    return file && taken(key, checkPicture(file.file, file.bytes, key));
  };
  const name = take("name", (value) => textOf(value, longestName));
  const [logo, darkLogo, icon, pdf] = pictureKeys.map(picture);
  const accent = take("accent", accentIn);
  for (const note of accent?.notes ?? []) notes.push({ ...note, key: "accent", file: brandFile });
  const pixels = pdf?.pixels ?? logo?.pixels ?? null;
  const brand: Omit<Brand, "notes" | "fingerprint"> = {
    folder,
    name: name === ownName ? null : name,
    logo: logo?.picture ?? null,
    // Beside a logo that is not shown it would be half of a brand.
    darkLogo: logo ? (darkLogo?.picture ?? null) : null,
    icon: icon?.picture ?? null,
    pdfLogo: pixels && { png: writePng(pixels), ratio: pixels.width / pixels.height },
    accent,
    support: take("support", contactIn),
    legal: take("legal", (value) => textOf(value, longestLegal)),
  };
  if (darkLogo && !logo) notes.push(refused("darkLogo", no("dark-alone", darkLogo.picture.file)));
  notes.push(...advice(brand, new Set(Object.keys(values))));
  if (Object.keys(values).length === 0)
    notes.push({ kind: "advice", key: null, code: "nothing", file: brandFile, values: {} });
  return { ...brand, notes, fingerprint };
}
