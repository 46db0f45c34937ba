import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { create, type Font, type GlyphRun } from "fontkit";
import { LRUCache } from "lru-cache";
import type { Language } from "#words/language.ts";

const files = {
  latin: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  latinBold: "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  chinese: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  chineseBold: "@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf",
} as const;
export type FontName = keyof typeof files;

export type Weight = "regular" | "bold";

/** Each is tried before the next: of the language first, since its signs are as wide as its letters. */
const inOrder: Record<Language, Record<Weight, readonly FontName[]>> = {
  en: { regular: ["latin", "chinese"], bold: ["latinBold", "chineseBold"] },
  "zh-CN": { regular: ["chinese", "latin"], bold: ["chineseBold", "latinBold"] },
};

/** Words of which what was shaped is kept, for each font: files say mostly the same. */
const mostKept = 500;

/** One's own, since whoever asked makes the positions larger or smaller in place. */
function copyOf(run: GlyphRun): GlyphRun {
  const copy: GlyphRun = Object.create(run);
  return Object.assign(copy, { positions: run.positions.map((position) => ({ ...position })) });
}

function keepShaped(font: Font): void {
  const kept = new LRUCache<string, GlyphRun>({ max: mostKept });
  const shape = font.layout.bind(font);
  font.layout = (text) => {
    const known = kept.get(text) ?? shape(text);
    kept.set(text, known);
    return copyOf(known);
  };
}

const parsed = new Map<FontName, Font>();

/** Read when something is first written in it: the Chinese ones have ten megabytes each. */
export function fontOf(name: FontName): Font {
  const known = parsed.get(name);
  if (known) return known;
  const font = create(readFileSync(fileURLToPath(import.meta.resolve(files[name]))));
  if (!("layout" in font)) throw new Error(`${files[name]} is not one font`);
  keepShaped(font);
  parsed.set(name, font);
  return font;
}

const hasAll = (name: FontName, text: string): boolean =>
  [...text].every((character) => fontOf(name).hasGlyphForCodePoint(character.codePointAt(0) ?? 0));

/** The first font that has all of a text; null where none has. */
export const fontFor = (text: string, language: Language, weight: Weight): FontName | null =>
  inOrder[language][weight].find((name) => hasAll(name, text)) ?? null;
