import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fhirFaults } from "#test/support/fhir.ts";
import { startServer } from "#test/support/server.ts";

/** The commands of the guide, one block after the other. */
const commands = (): string[] =>
  [...readFileSync("src/proxy/README.md", "utf8").matchAll(/```sh\n(.*?)```/gs)].map(
    ([, block = ""]) => block,
  );

test("the guide leads from nothing to a curve and a summary, by its own commands", async () => {
  const blocks = commands();
  expect(blocks).toHaveLength(5);
  const server = await startServer({ EMBED_ORIGINS: "https://portal.partner.example" });
  const folder = mkdtempSync(join(tmpdir(), "trendline-guide-"));
  try {
    const script = ["set -euo pipefail", ...blocks].join("\n").replace("http://127.0.0.1:4173", server.url);
    const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
    const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd: folder, env });
    const readings = stdout.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z \d+(\.\d)?$/gm) ?? [];
    expect(readings.length).toBeGreaterThan(100);
    expect(readings).toEqual([...readings].sort());
    expect(stdout).toContain("'Patient'");
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
    expect(read("patients.json").rows).toHaveLength(3);
    expect(fhirFaults(read("summary.json"))).toEqual([]);
    expect(stdout).not.toContain(read("key.json").secret);
    expect(read("token.json")).toEqual({
      token: expect.stringMatching(/^tle_/),
      expiresInS: 600,
      frameUrl: `${server.url}/embed`,
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
