import { largestListBytes } from "#contract/lookups.ts";
import { legacyEncodingOf } from "#contract/text-encoding.ts";

const looksAtBytes = 1024;

type Fault = "fileTooLarge" | "fileNotText" | "fileEmpty";

/** By its mark; without one, Latin letters and digits have their zero bytes all on one side. */
function utf16In(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const mark = bytes.subarray(0, 2).join();
  if (mark === "255,254") return "utf-16le";
  if (mark === "254,255") return "utf-16be";
  const zeros = [0, 0];
  const looked = bytes.subarray(0, looksAtBytes);
  for (const [place, byte] of looked.entries())
    if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [before = 0, behind = 0] = zeros;
  if (before + behind < looked.length / 4) return null;
  if (before === 0) return "utf-16le";
  return behind === 0 ? "utf-16be" : null;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(legacyEncodingOf(bytes)).decode(bytes);
  }
}

/** The text of a file that somebody chose, or why it has none. */
export async function readText(file: File): Promise<{ text: string } | { fault: Fault }> {
  if (file.size > largestListBytes) return { fault: "fileTooLarge" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const utf16 = utf16In(bytes);
  // A text has no zero byte in UTF-8 or in any other encoding that lists come in.
  if (!utf16 && bytes.includes(0)) return { fault: "fileNotText" };
  const text = utf16 ? new TextDecoder(utf16).decode(bytes) : decoded(bytes);
  return text.trim() === "" ? { fault: "fileEmpty" } : { text };
}
