import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { no, type Read } from "./brand.ts";

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

/** Whether a folder can be used, else why not. */
export function checkFolder(folder: string): Read<string> {
  try {
    return statSync(folder).isDirectory() ? { is: folder } : no("not-a-folder", folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOTDIR") return no("not-a-folder", folder);
    return code === "ENOENT" ? no("no-folder", folder) : no("unreadable", folder, { code });
  }
}

/** A file as it is now, where it is one and no larger than it may be. Nothing is waited for, as of a pipe. */
export function readBounded(path: string, mostBytes: number): Read<Uint8Array<ArrayBuffer>> {
  const file = basename(path);
  const tooLarge = (bytes: number) =>
    no("too-large", file, { size: Math.ceil(bytes / 1024), most: mostBytes / 1024 });
  let opened: number | null = null;
  try {
    opened = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, isFile } = ((stats) => ({ size: stats.size, isFile: stats.isFile() }))(fstatSync(opened));
    if (!isFile) return no("not-a-file", file);
    if (size > mostBytes) return tooLarge(size);
    // A byte more than there may be: it may grow meanwhile.
    const bytes = new Uint8Array(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(opened, bytes, length, bytes.length - length, null);
    if (length > mostBytes) return tooLarge(length);
    return length === 0 ? no("empty", file) : { is: bytes.slice(0, length) };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return no("missing", file);
    return code === "EISDIR" ? no("not-a-file", file) : no("unreadable", file, { code });
  } finally {
    if (opened !== null) closeSync(opened);
  }
}
