import type { PdfFile } from "./pen.ts";

/** What a partner's files have at the head and the foot of every sheet. */
export interface Letterhead {
  /** Without transparency. */
  readonly logo: { readonly png: Uint8Array<ArrayBuffer>; readonly ratio: number } | null;
  /** Null where the fonts cannot write it. */
  readonly name: string | null;
  readonly legal: string | null;
  /** Of the line below the head. */
  readonly color: string | null;
}

const logoHeightPt = 24;
const widestLogoPt = 120;

export function logoSize({ ratio }: { ratio: number }): { widthPt: number; heightPt: number } {
  const widthPt = Math.min(widestLogoPt, logoHeightPt * ratio);
  return { widthPt, heightPt: widthPt / ratio };
}

/** Of which its types do not know: an image that is parsed once and drawn on many sheets. */
interface WithImages {
  openImage(bytes: Uint8Array): Parameters<PdfFile["image"]>[0];
}
const opened = new WeakMap<PdfFile, Parameters<PdfFile["image"]>[0]>();

/** Draws the logo of a file's letterhead; the file holds it once. */
export function drawLogo(file: PdfFile, logo: NonNullable<Letterhead["logo"]>, x: number, y: number): void {
  const image = opened.get(file) ?? (file as unknown as WithImages).openImage(logo.png);
  opened.set(file, image);
  const { widthPt, heightPt } = logoSize(logo);
  file.image(image, x, y, { width: widthPt, height: heightPt });
}
