/** `npm run sandbox:reset`: the next start is as the first was. Nothing of a real platform is touched. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseConfig } from "#proxy/config.ts";
import { claimFolder } from "./data-folder.ts";
import { forgetSandbox, sandboxFilesIn } from "./trendline.ts";

/** The patients of a sandbox are of no use without its users, and the other way round. */
function forget({ DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv): string {
  const { dataDir, databaseUrl } = parseConfig({ DATA_DIR, DATABASE_URL });
  const folder = resolve(dataDir);
  const rest = databaseUrl
    ? ' What Trendline knows of its patients is in PostgreSQL and stays: drop schema "sandbox" cascade.'
    : "";
  if (!sandboxFilesIn(folder).some((file) => existsSync(file)))
    return `There is no sandbox in ${folder}.${rest}`;
  const freeFolder = claimFolder(folder, true, "npm run sandbox:reset");
  forgetSandbox(folder);
  freeFolder();
  return `The sandbox in ${folder} is forgotten: its clock, faults, users and tokens, and the patients, staff and cases that stood with it.${rest}`;
}

try {
  console.log(forget(process.env));
} catch (error) {
  console.error(`Nothing was forgotten. ${(error as Error).message}`);
  process.exit(1);
}
