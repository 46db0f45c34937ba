const largestFileBytes = 5_000_000;

type Fault = "fileTooLarge" | "fileNotText" | "fileEmpty";

/** The text of a file that somebody chose, or why it has none. */
export async function readText(file: File): Promise<{ text: string } | { fault: Fault }> {
  if (file.size > largestFileBytes) return { fault: "fileTooLarge" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.subarray(0, 2).join()];
  // A text has no zero byte in UTF-8 or in any other encoding that lists come in.
  if (!utf16 && bytes.includes(0)) return { fault: "fileNotText" };
  const text = new TextDecoder(utf16).decode(bytes);
  return text.trim() === "" ? { fault: "fileEmpty" } : { text };
}
