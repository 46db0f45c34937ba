import PDFDocument from "pdfkit";
import { readAhead } from "./fs.ts";

/** The fonts are read in one piece there, which from a network takes a while: they are fetched before. */
export const fonts = [
  "NotoSans_400Regular.ttf",
  "NotoSans_600SemiBold.ttf",
  "NotoSansSC_400Regular.ttf",
  "NotoSansSC_600SemiBold.ttf",
];

/** What is written so far, as Node's streams give it; its edition for browsers has only events. */
function read(this: { _buffer: Uint8Array[] }): Uint8Array | null {
  return this._buffer.shift() ?? null;
}

export async function loadPdf(): Promise<void> {
  await Promise.all(fonts.map(readAhead));
  Object.defineProperty(PDFDocument.prototype, "read", { value: read });
  await import("#proxy/pdf/pdf-thread.ts");
}
