import {
  BarcodeFormat,
  EncodeHintType,
  QRCodeDecoderErrorCorrectionLevel,
  QRCodeWriter,
} from "@zxing/library";
import type { Drawing } from "#report/drawing.ts";

/** Paper may be folded or stained. */
const hints = new Map([[EncodeHintType.ERROR_CORRECTION, QRCodeDecoderErrorCorrectionLevel.M]]);
/** Beside a sheet's width of a hundred. */
const codeSize = 24;

/** A QR code at the left of a sheet. */
export function qrDrawing(text: string, alt: string): Drawing {
  const code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
  const dot = codeSize / code.getWidth();
  let d = "";
  for (let y = 0; y < code.getHeight(); y += 1)
    for (let x = 0; x < code.getWidth(); x += 1)
      if (code.get(x, y)) d += `M${x * dot} ${y * dot}h${dot}v${dot}h${-dot}Z`;
  return { width: 100, height: codeSize, alt, shapes: [{ d, fill: "ink" }], texts: [] };
}
