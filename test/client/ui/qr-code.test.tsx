import { render, screen } from "@testing-library/react";
import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from "@zxing/library";
import { expect, test } from "vitest";
import QrCode from "#client/ui/qr-code.tsx";

const scale = 6;

test("a camera reads the drawn code as what was put in", () => {
  const uri =
    "otpauth://totp/Trendline:lin%40example.org?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=Trendline&digits=6&period=30";
  render(<QrCode text={uri} label="QR" />);
  const image = screen.getByRole("img", { name: "QR" });
  const size = Number(image.getAttribute("viewBox")?.split(" ")[2]) * scale;
  const luma = new Uint8ClampedArray(size * size).fill(255);
  const drawn = image.querySelector("path")?.getAttribute("d") ?? "";
  for (const [, x, y] of drawn.matchAll(/M(\d+) (\d+)/g))
    for (let i = 0; i < scale * scale; i += 1) {
      const row = Number(y) * scale + Math.floor(i / scale);
      luma[row * size + Number(x) * scale + (i % scale)] = 0;
    }
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(luma, size, size)));
  expect(new QRCodeReader().decode(bitmap).getText()).toBe(uri);
});
