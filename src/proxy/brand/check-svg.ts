import { no, type Read } from "./brand.ts";

const mostElements = 5000;
/** Each may show what has others in it: of more, a few hundred bytes are a picture that never ends. */
const mostUses = 10;

const shapes = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"];
/** What a logo is drawn with. Nothing of it runs, moves, or fetches anything. */
const elements: ReadonlySet<string> = new Set([
  ...["svg", "g", "defs", "title", "desc", "style", "use", "symbol", "tspan"],
  ...["linearGradient", "radialGradient", "stop", "clipPath", "mask"],
  ...shapes,
]);
const svgSpace = "http://www.w3.org/2000/svg";

/** XML's, which are fewer than those of a regular expression. */
const space = "[ \\t\\r\\n]";
const name = "[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?";
const equals = `${space}*=${space}*`;
const attribute = `${space}+${name}${equals}(?:"[^"<]*"|'[^'<]*')`;
const token = new RegExp(
  [
    "<!--(?<comment>[^]*?)-->",
    `(?<doctype><!DOCTYPE svg(?:${space}+PUBLIC${space}+"-//W3C//DTD SVG 1\\.[^"]*"${space}+"http://www\\.w3\\.org/[^"]*")?${space}*>)`,
    `</(?<end>${name})${space}*>`,
    `<(?<begin>${name})(?<attributes>(?:${attribute})*)${space}*(?<single>/?)>`,
    "(?<text>[^<]+)",
  ].join("|"),
  "y",
);
const attributes = new RegExp(`(${name})${equals}(?:"([^"]*)"|'([^']*)')`, "g");
const quoted = (value: string): string => `(?:"${value}"|'${value}')`;
/** Nothing may stand before it. */
const declaration = new RegExp(
  `^<\\?xml${space}+version${equals}${quoted("1\\.[01]")}(?:${space}+encoding${equals}${quoted("[uU][tT][fF]-8")})?(?:${space}+standalone${equals}${quoted("(?:yes|no)")})?${space}*\\?>`,
);

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What stands for what; null where an entity is none of XML's own. */
function decoded(text: string): string | null {
  let isKnown = true;
  const plain = text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,10}));|&/g,
    (_, hex, decimal, name) => {
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null;
      const one =
        code === null
          ? named[name ?? ""]
          : code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
            ? String.fromCodePoint(code)
            : code === 9 || code === 10 || code === 13
              ? " "
              : undefined;
      isKnown &&= one !== undefined;
      return one ?? "";
    },
  );
  return isKnown ? plain : null;
}

/** Whether a value or a style sheet names anything outside of this file. */
const reachesOut = (text: string): boolean =>
  /url\s*\(|[\\@]|image-set|src\s*\(|element\s*\(|(?:java|vb)script:|data:|expression/i.test(
    text.replaceAll(/url\(\s*(["']?)#[\w.-]+\1\s*\)/g, ""),
  );

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** An attribute that a logo may not have, as it is written. */
function forbidden(name: string, value: string): string | null {
  const own = name.replace(/^.*:/, "").toLowerCase();
  const isBad =
    own.startsWith("on") ||
    own === "src" ||
    name === "xml:base" ||
    (own === "href" && !/^#[\w.-]+$/.test(value)) ||
    (name === "xmlns" && value !== svgSpace) ||
    (name.startsWith("xmlns:") && (!/^https?:\/\/[\w./#-]+$/.test(value) || /^xmlns:xml/.test(name))) ||
    (!name.startsWith("xmlns") && reachesOut(value));
  return isBad ? shortened(`${name}="${value}"`) : null;
}

type Attributes = Map<string, string>;

/** Null where they are not written as XML wants it. */
function attributesOf(text: string): Attributes | null {
  const all: Attributes = new Map();
  for (const [, key = "", double, single] of text.matchAll(attributes)) {
    const value = decoded(double ?? single ?? "");
    if (value === null || all.has(key)) return null;
    all.set(key, value);
  }
  return all;
}

const prefixOf = (name: string): string | null => /^([^:]+):/.exec(name)?.[1] ?? null;
const prefixesOf = (root: Attributes): string[] =>
  [...root.keys()].flatMap((name) => (name.startsWith("xmlns:") ? [name.slice(6)] : []));
const lengthOf = (text: string | undefined): number =>
  Number(/^\s*([\d.]+)(?:px|pt|mm|cm|in)?\s*$/.exec(text ?? "")?.[1]);

function ratioOf(root: Attributes): number | null {
  const box = (root.get("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , width = 0, height = 0] = box;
  if (box.length !== 4 || !box.every(Number.isFinite) || width <= 0 || height <= 0) return null;
  const own = lengthOf(root.get("width")) / lengthOf(root.get("height"));
  return Number.isFinite(own) && own > 0 ? own : width / height;
}

/** An SVG that only draws, and how wide it is for its height. It is shown as a picture, never as part of a page. */
export function checkSvg(file: string, text: string): Read<number> {
  const damaged = (at: number) => no("damaged", file, { line: text.slice(0, at).split("\n").length });
  const part = (what: string) => no("svg-part", file, { part: what });
  const within: string[] = [];
  let root: Attributes | null = null;
  let hasDoctype = false;
  let [elementCount, useCount, drawn] = [0, 0, 0];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them.
  const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.exec(text);
  if (illegal) return damaged(illegal.index);
  const from = declaration.exec(text)?.[0].length ?? 0;
  for (let at = from; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (!groups) {
      const odd = /^<(?:!\w+|!\[\w*|\?[\w-]*)/.exec(text.slice(at, at + 40))?.[0];
      return odd ? part(odd) : damaged(at);
    }
    const { comment, doctype, end, begin, attributes: listed = "", single, text: words } = groups;
    if (comment !== undefined && (comment.includes("--") || comment.endsWith("-"))) return damaged(at);
    if (doctype !== undefined) {
      if (root || hasDoctype) return damaged(at);
      hasDoctype = true;
    }
    if (words !== undefined) {
      const plain = decoded(words);
      if (plain === null || words.includes("]]>")) return damaged(at);
      if (within.length === 0 && /[^ \t\r\n]/.test(words)) return damaged(at);
      if (within.at(-1) === "style" && reachesOut(plain)) return part(shortened(plain.trim()));
    }
    if (end !== undefined && within.pop() !== end) return damaged(at);
    if (begin === undefined) continue;
    if (!elements.has(begin)) return part(`<${begin}>`);
    const own = attributesOf(listed);
    if (!own || (root && within.length === 0) || (!root && begin !== "svg")) return damaged(at);
    root ??= own;
    const declared = new Set(["xml", "xmlns", ...prefixesOf(root)]);
    for (const [name, value] of own) {
      const fault = forbidden(name, value);
      if (fault) return part(fault);
      const prefix = prefixOf(name);
      if (prefix !== null && !own.has(`xmlns:${prefix}`) && !declared.has(prefix)) return damaged(at);
    }
    if (root.get("xmlns") !== svgSpace) return damaged(at);
    elementCount += 1;
    if (begin === "use") useCount += 1;
    if (shapes.includes(begin) || begin === "use") drawn += 1;
    if (elementCount > mostElements || useCount > mostUses)
      return no("svg-too-much", file, { elements: mostElements, uses: mostUses });
    if (!single) within.push(begin);
  }
  if (!root || within.length > 0) return damaged(text.length);
  const ratio = ratioOf(root);
  if (ratio === null) return no("svg-no-view-box", file);
  return drawn === 0 ? no("svg-blank", file) : { is: ratio };
}
