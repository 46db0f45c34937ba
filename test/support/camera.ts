import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BarcodeFormat, MultiFormatWriter } from "@zxing/library";

const [width, height, dot] = [640, 480, 8];

/** Switches that make Chromium's camera show a QR code with this text. */
export function cameraShowing(text: string): string[] {
  const code = new MultiFormatWriter().encode(text, BarcodeFormat.QR_CODE, 40, 40, new Map());
  const luma = Buffer.alloc(width * height, 255);
  const [left, top] = [(width - code.getWidth() * dot) / 2, (height - code.getHeight() * dot) / 2];
  for (let y = 0; y < code.getHeight() * dot; y += 1)
    for (let x = 0; x < code.getWidth() * dot; x += 1)
      if (code.get(Math.floor(x / dot), Math.floor(y / dot))) luma[(top + y) * width + left + x] = 0;
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, Buffer.alloc((width * height) / 2, 128)]);
  const file = join(tmpdir(), "trendline-camera.y4m");
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([header, frame, frame]));
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
