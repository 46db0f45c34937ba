import type { BrandKey } from "#contract/brand.ts";
import { type BrandPicture, brandPath, no, type Read } from "./brand.ts";
import { checkPng, type Pixels, pngSignature } from "./check-png.ts";
import { checkSvg } from "./check-svg.ts";
import { hashOf } from "./hash.ts";

/** Height of 2 for a width of 1, to a wide wordmark. */
const narrowest = 0.5;
const widest = 8;
const narrowestIcon = 0.8;
const widestIcon = 1.25;

/** What a file is that is not what it says. */
function kindOf(bytes: Uint8Array): string {
  const begin = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  if (/^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)/i.test(begin)) return "HTML";
  if (begin.startsWith(pngSignature.toString("latin1"))) return "PNG";
  if (begin.startsWith("\xff\xd8\xff")) return "JPEG";
  if (begin.startsWith("GIF8")) return "GIF";
  if (begin.startsWith("%PDF")) return "PDF";
  if (/^RIFF....WEBP/s.test(begin)) return "WebP";
  if (/<svg[\s>]/.test(begin)) return "SVG";
  return "?";
}

interface Checked {
  picture: BrandPicture;
  /** Null of an SVG. */
  pixels: Pixels | null;
}

/** A logo or an icon that every browser shows whole, and that does nothing but be seen. */
export function checkPicture(file: string, bytes: Uint8Array<ArrayBuffer>, key: BrandKey): Read<Checked> {
  const isSvg = /\.svg$/i.test(file);
  const is = (
    ratio: number,
    type: BrandPicture["type"],
    ending: string,
    pixels: Pixels | null,
  ): Read<Checked> => {
    if (key === "icon" && (ratio < narrowestIcon || ratio > widestIcon)) return no("icon-shape", file);
    if (ratio < narrowest || ratio > widest) return no("picture-shape", file);
    const address = `${brandPath}${key}-${hashOf(bytes)}.${ending}`;
    return { is: { picture: { file, type, bytes, ratio, address }, pixels } };
  };
  if (isSvg) {
    const text = utf8(bytes);
    if (text === null) return no("not-utf8", file);
    const kind = kindOf(bytes);
    if (!text.includes("<svg") || kind === "HTML") return no("not-svg", file, { kind });
    const ratio = checkSvg(file, text);
    return "no" in ratio ? ratio : is(ratio.is, "image/svg+xml", "svg", null);
  }
  const kind = kindOf(bytes);
  if (kind !== "PNG") return no("not-png", file, { kind });
  const pixels = checkPng(file, bytes);
  if ("no" in pixels) return pixels;
  return is(pixels.is.width / pixels.is.height, "image/png", "png", pixels.is);
}

/** Null where it is no UTF-8; without a mark of the order of bytes. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
