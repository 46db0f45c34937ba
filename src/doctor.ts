/**
 * `npm run doctor`: looks the installation over, a line for each thing, and ends
 * with 1 when it cannot work like this.
 */
import { examine } from "#proxy/doctor/examine.ts";

const findings = await examine(process.env, { fetch, now: Date.now });
for (const { level, what, words } of findings) console.log(`${level.padEnd(4)}  ${what}: ${words}`);
if (findings.some(({ level }) => level === "fail")) process.exitCode = 1;
