import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";

/** Under its name once it is whole; readable by its owner only. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Another name for what cannot be used, so that nothing of it is lost; answers with that name. */
export function putAside(file: string): string {
  const aside = `${file}.unreadable-${randomBytes(4).toString("hex")}`;
  renameSync(file, aside);
  return aside;
}
