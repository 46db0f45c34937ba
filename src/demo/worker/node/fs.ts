import { Buffer } from "./buffer.ts";

/** Files by name; kept with the database. */
const files = new Map<string, string>();

export const filesThere = (): [string, string][] => [...files];

export function beginWithFiles(kept: readonly (readonly [string, string])[]): void {
  files.clear();
  for (const [name, text] of kept) files.set(name, text);
}

function textOf(name: string): string {
  const text = files.get(name);
  if (text === undefined) throw Object.assign(new Error(`no such file: ${name}`), { code: "ENOENT" });
  return text;
}

export const existsSync = (name: string): boolean => files.has(name);
export const writeFileSync = (name: string, text: string): void => void files.set(name, text);
export const appendFileSync = (name: string, text: string): void =>
  void files.set(name, (files.get(name) ?? "") + text);
export const statSync = (name: string) => ({ size: Buffer.byteLength(textOf(name)) });
export const truncateSync = (name: string, bytes: number): void =>
  void files.set(name, Buffer.from(textOf(name)).toString("utf8", 0, bytes));
export const renameSync = (from: string, to: string): void => {
  files.set(to, textOf(from));
  files.delete(from);
};
export const rmSync = (name: string): void => void files.delete(name);
export const mkdirSync = (): void => {};
export const readdirSync = (): string[] => [];

/** Whole files of packages, by the last part of their names. */
const ahead = new Map<string, Uint8Array<ArrayBuffer>>();
const lastOf = (name: string) => name.slice(name.lastIndexOf("/") + 1);

/** A file beside the pages is there for `readFileSync` afterwards. */
export async function readAhead(name: string): Promise<void> {
  if (!ahead.has(name)) ahead.set(name, await readFile(name));
}

export function readFileSync(name: string, encoding?: string): string | Uint8Array {
  const bytes = encoding ? undefined : ahead.get(lastOf(name));
  return bytes ?? textOf(name);
}

/** A file beside the pages. */
export async function readFile(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} could not be read`);
  return new Uint8Array(await answer.arrayBuffer());
}
