import { expect, test } from "vitest";
import { readText } from "#client/lookups/read-text.ts";

const fileOf = (...bytes: BlobPart[]) => new File(bytes, "list.csv");
const utf16 = (text: string, isBigEndian = false) => {
  const bytes = new DataView(new ArrayBuffer(text.length * 2));
  for (const [place, unit] of [...text].entries())
    bytes.setUint16(place * 2, unit.charCodeAt(0), !isBigEndian);
  return bytes;
};
const list = "P225043056\r\n序列号\r\nP225043057";

test("a list is read in UTF-8 and in UTF-16 of either order, with its mark and without", async () => {
  expect(await readText(fileOf(list))).toEqual({ text: list });
  expect(await readText(fileOf(utf16(`\ufeff${list}`)))).toEqual({ text: list });
  expect(await readText(fileOf(utf16(`\ufeff${list}`, true)))).toEqual({ text: list });
  expect(await readText(fileOf(utf16(list)))).toEqual({ text: list });
  expect(await readText(fileOf(utf16(list, true)))).toEqual({ text: list });
});

test("the Chinese encoding that spreadsheets save in is read", async () => {
  const gb18030 = new Uint8Array([0xd0, 0xf2, 0xc1, 0xd0, 0xba, 0xc5, 0x0a, 0x50, 0x32]);
  expect(await readText(fileOf(gb18030))).toEqual({ text: "序列号\nP2" });
});

test("300 MB, a picture and nothing are not lists, and say so", async () => {
  const large = fileOf("P225043056");
  Object.defineProperty(large, "size", { value: 300_000_000 });
  expect(await readText(large)).toEqual({ fault: "fileTooLarge" });
  expect(await readText(fileOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0x49])))).toEqual({
    fault: "fileNotText",
  });
  expect(await readText(fileOf(" \n"))).toEqual({ fault: "fileEmpty" });
});
