import {
  BarcodeFormat,
  EncodeHintType,
  QRCodeDecoderErrorCorrectionLevel,
  QRCodeWriter,
} from "@zxing/library";

/** A part of the picture may be dirty or in shadow, and paper folded. */
const hints = new Map([[EncodeHintType.ERROR_CORRECTION, QRCodeDecoderErrorCorrectionLevel.M]]);

/** A QR code with its quiet border, `size` dots wide and high; `dots` is the SVG path of the dark ones. */
export function qrCode(text: string): { size: number; dots: string } {
  const code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
  const size = code.getWidth();
  let dots = "";
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (code.get(x, y)) dots += `M${x} ${y}h1v1h-1Z`;
  return { size, dots };
}
