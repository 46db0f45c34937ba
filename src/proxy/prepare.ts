import type { Logger } from "pino";
import type { StaffAuth } from "./auth/staff-auth.ts";
import type { AuditChain } from "./store/audit-chain.ts";
import { type Database, migrateTables, oneAtATime } from "./store/database.ts";
import { resealTokens } from "./store/platform-users.ts";
import type { Sealer } from "./store/seal.ts";

interface PrepareOptions {
  database: Database;
  auth: StaffAuth;
  chain: AuditChain;
  sealer: Sealer;
  firstAdministrator: { email: string; password: string } | null;
  /** There are secrets of before, whose seals are to be made anew. */
  reseals: boolean;
  nowMs: number;
  log: Logger;
}

/** Brings the database up to date, in one server at a time. */
export function prepare(options: PrepareOptions): Promise<void> {
  const { database, auth, chain, sealer, firstAdministrator, reseals, nowMs, log } = options;
  return oneAtATime(database, async () => {
    await migrateTables(database, { chain, nowMs });
    await auth.migrate();
    if (firstAdministrator && (await auth.list()).every(({ role }) => role !== "administrator"))
      await auth.add({ ...firstAdministrator, name: firstAdministrator.email, role: "administrator" });
    if (!reseals) return;
    const resealed = {
      tokens: await resealTokens(database.db, sealer),
      secondFactors: await auth.reseal(),
    };
    log.info(resealed, "What AUTH_SECRET_PREVIOUS had sealed is sealed with AUTH_SECRET");
  });
}
