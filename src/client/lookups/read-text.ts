import { largestListBytes } from "#contract/lookups.ts";

type Fault = "fileTooLarge" | "fileNotText" | "fileEmpty";

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text of a file that somebody chose, in the encodings that lists come in, or why it has none. */
export async function readText(file: File): Promise<{ text: string } | { fault: Fault }> {
  if (file.size > largestListBytes) return { fault: "fileTooLarge" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.subarray(0, 2).join()];
  // A text has no zero byte in UTF-8 or in any other encoding that lists come in.
  if (!utf16 && bytes.includes(0)) return { fault: "fileNotText" };
  const text = utf16
    ? new TextDecoder(utf16).decode(bytes)
    : (decode(bytes, "utf-8") ?? decode(bytes, "gb18030") ?? new TextDecoder().decode(bytes));
  return text.trim() === "" ? { fault: "fileEmpty" } : { text };
}
