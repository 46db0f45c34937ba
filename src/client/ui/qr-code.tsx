import { qrCode } from "#report/qr-code.ts";
import classes from "./qr-code.module.css";

/**
 * A QR code, dark on white in either colour scheme: cameras expect it so.
 * Its own chunk, for the few who need it.
 */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { size, dots } = qrCode(text);
  return (
    <svg className={classes.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dots} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
