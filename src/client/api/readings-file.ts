import type { ReadingsFileAsked } from "#contract/readings-file.ts";
import { endIn, type FileEnd } from "#contract/readings-file-limits.ts";
import { ApiError, call } from "../http.ts";

/** More than the last row, and more than one row of any patient. */
const tailLength = 4000;
/** Handed to the browser in such pieces, which it need not keep in memory. */
const pieceBytes = 4 * 1024 * 1024;

export interface ReadingsFile {
  readonly content: Blob;
  /** Null where it broke off. */
  readonly end: FileEnd | null;
}

/** Several patients' readings as they come; `onPlace` hears at which of the patients the rows are. */
export async function readReadingsFile(
  asked: ReadingsFileAsked,
  signal: AbortSignal,
  onPlace: (place: number) => void,
): Promise<ReadingsFile> {
  const { body } = await call("/api/patients/readings-file", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  const pieces: Blob[] = [];
  let [parts, bytes, tail]: [Uint8Array<ArrayBuffer>[], number, string] = [[], 0, ""];
  const decoder = new TextDecoder();
  const collect = () => {
    pieces.push(new Blob(parts));
    [parts, bytes] = [[], 0];
  };
  try {
    const reader = body?.getReader();
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      parts.push(next.value);
      bytes += next.value.length;
      if (bytes > pieceBytes) collect();
      tail = (tail + decoder.decode(next.value, { stream: true })).slice(-tailLength);
      const place = [...tail.matchAll(/\n(\d+),/g)].at(-1)?.[1];
      if (place) onPlace(Number(place));
    }
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError("offline", cause);
  }
  collect();
  return { content: new Blob(pieces, { type: "text/csv;charset=utf-8" }), end: endIn(tail) };
}
