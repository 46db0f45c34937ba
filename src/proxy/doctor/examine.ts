import { resolve } from "node:path";
import { type Config, ConfigError, parseConfig } from "../config.ts";
import { examineBrand } from "./brand.ts";
import { examineConfiguration } from "./configuration.ts";
import { examineDatabase } from "./database.ts";
import { type Finding, fail } from "./finding.ts";
import { examineMachine } from "./machine.ts";
import { examinePlatform } from "./platform.ts";

/**
 * Looks over everything that a start depends on; the most it leaves behind is an empty schema on PostgreSQL.
 */
export async function examine(
  env: Record<string, string | undefined>,
  { fetch, now }: { fetch: typeof globalThis.fetch; now: () => number },
): Promise<Finding[]> {
  let config: Config;
  try {
    config = parseConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [fail("configuration", error.message)];
  }
  const dataDir = resolve(config.dataDir);
  const { partner } = config;
  return [
    ...examineConfiguration(config),
    ...examineBrand(config.brandDir),
    ...(await examineMachine(config, dataDir, fetch)),
    ...(await examineDatabase(config, dataDir)),
    ...(partner
      ? await examinePlatform({
          ...partner,
          baseUrl: partner.apiUrl,
          fetch: (request) => fetch(request),
          now,
        })
      : []),
  ];
}
