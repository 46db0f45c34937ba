import type { Drawing, DrawnText, Shape, Tone } from "#report/drawing.ts";
import type { PdfFile, Pen } from "./pen.ts";

/** As on the page in its light colours. */
export const colorOf: Record<Tone, string> = {
  "very-low": "#86132a",
  low: "#d8344f",
  "in-range": "#2aa380",
  high: "#e9b949",
  "very-high": "#cf6508",
  ink: "#17222a",
  quiet: "#55646d",
  line: "#b5c2c9",
  hatch: "#e1e8eb",
  paper: "#ffffff",
  accent: "#0b7285",
  "profile-outer": "#cfe3e8",
  "profile-inner": "#8fc0cb",
};

function drawShape(file: PdfFile, { d, fill, stroke, width = 1, opacity = 1, dash, clip }: Shape): void {
  file.save();
  if (clip) file.path(clip).clip();
  if (opacity < 1) file.opacity(opacity);
  file.path(d);
  if (stroke) {
    file
      .lineWidth(width)
      .lineCap(dash ? "butt" : "round")
      .lineJoin("round");
    if (dash) file.dash(dash[0], { space: dash[1] });
    file.stroke(colorOf[stroke]);
  } else if (fill) file.fill(colorOf[fill]);
  file.restore();
}

function drawText(file: PdfFile, pen: Pen, text: DrawnText): void {
  const { x, y, size: sizePt, anchor, tone, isBold = false, isTurned = false } = text;
  const style = { sizePt, weight: isBold ? "bold" : "regular", color: colorOf[tone] } as const;
  const [line] = pen.linesOf(text.text, Number.POSITIVE_INFINITY, style);
  if (!line) return;
  const widthPt = pen.widthOf(line, sizePt);
  const left = anchor === "start" ? 0 : anchor === "end" ? widthPt : widthPt / 2;
  file.save();
  if (isTurned) file.rotate(-90, { origin: [x, y] });
  pen.line(line, x - left, y, style);
  file.restore();
}

/** Draws a chart with its upper left corner at a place, as wide as said. */
export function draw(file: PdfFile, pen: Pen, drawing: Drawing, x: number, y: number, widthPt: number): void {
  file.save();
  file.translate(x, y).scale(widthPt / drawing.width);
  for (const shape of drawing.shapes) drawShape(file, shape);
  for (const text of drawing.texts) drawText(file, pen, text);
  file.restore();
}
