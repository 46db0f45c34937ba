import {
  BarcodeFormat,
  EncodeHintType,
  QRCodeDecoderErrorCorrectionLevel,
  QRCodeWriter,
} from "@zxing/library";
import classes from "./qr-code.module.css";

/** A part of the picture may be dirty or in shadow. */
const hints = new Map([[EncodeHintType.ERROR_CORRECTION, QRCodeDecoderErrorCorrectionLevel.M]]);

/**
 * A QR code, dark on white in either colour scheme: cameras expect it so.
 * Its own chunk, for the few who need it.
 */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
  const [width, height] = [code.getWidth(), code.getHeight()];
  let dots = "";
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (code.get(x, y)) dots += `M${x} ${y}h1v1h-1z`;
  return (
    <svg className={classes.qr} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect width={width} height={height} fill="#fff" />
      <path d={dots} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
