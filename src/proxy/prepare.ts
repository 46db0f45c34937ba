import type { Logger } from "pino";
import type { AuditChain } from "./audit/chain.ts";
import type { Audit } from "./audit/write.ts";
import type { RefuseGuessable } from "./auth/guessable.ts";
import type { StaffAuth } from "./auth/staff-auth.ts";
import { type Config, ConfigError } from "./config.ts";
import { Failure } from "./failure.ts";
import { type Database, migrateTables, oneAtATime } from "./store/database.ts";
import { resealLaunchIssuers } from "./store/launch-issuers.ts";
import { resealNotes } from "./store/patient-notes.ts";
import { resealTokens } from "./store/platform-users.ts";
import { resealReceivers } from "./store/receivers.ts";
import { resealCases } from "./store/reseal-cases.ts";
import type { Sealer } from "./store/seal.ts";

interface PrepareOptions {
  database: Database;
  auth: StaffAuth;
  chain: AuditChain;
  sealer: Sealer;
  noteSealer: Sealer;
  caseSealer: Sealer;
  exchangeSealer: Sealer;
  config: Pick<Config, "firstAdministrator" | "previousAuthSecrets">;
  refuseGuessable: RefuseGuessable;
  audit: Audit;
  nowMs: number;
  log: Logger;
}

/** Brings the database up to date, in one server at a time. */
export function prepare(options: PrepareOptions): Promise<void> {
  const { config, database, auth, chain, sealer, noteSealer, caseSealer, exchangeSealer, nowMs, log } =
    options;
  const { firstAdministrator } = config;
  return oneAtATime(database, async () => {
    await migrateTables(database, { chain, nowMs });
    await auth.migrate();
    if (firstAdministrator) await ensureFirstAdministrator(firstAdministrator, options);
    if (config.previousAuthSecrets.length === 0) return;
    const resealed = {
      tokens: await resealTokens(database.db, sealer),
      notes: await resealNotes(database.db, noteSealer),
      cases: await resealCases(database.db, caseSealer),
      receivers: await resealReceivers(database.db, exchangeSealer),
      launchIssuers: await resealLaunchIssuers(database.db, exchangeSealer),
      secondFactors: await auth.reseal(),
    };
    log.info(resealed, "What AUTH_SECRET_PREVIOUS had sealed is sealed with AUTH_SECRET");
  });
}

/**
 * Adds the first administrator where there is none, and lets them in again where the operator asks for that.
 */
async function ensureFirstAdministrator(
  { email, password, reset }: NonNullable<Config["firstAdministrator"]>,
  { auth, audit, log, refuseGuessable }: PrepareOptions,
): Promise<void> {
  const isLacking = (await auth.list()).every(({ role }) => role !== "administrator");
  if (!isLacking && !reset) return;
  await refuseGuessable("BOOTSTRAP_ADMIN_PASSWORD", password, { email }).catch((cause: unknown) => {
    if (!(cause instanceof Failure)) throw cause;
    throw new ConfigError(`BOOTSTRAP_ADMIN_PASSWORD: ${cause.message} Choose another one.`, { cause });
  });
  const added = await auth.add({ email, password, name: email, role: "administrator" });
  if (!reset) return;
  const subject = added?.id ?? (await auth.reinstate(email, password));
  const action = added ? "staff.add" : "staff.reinstate";
  await audit({
    actor_id: null,
    actor_role: null,
    action,
    subject,
    outcome: "ok",
    request_id: "",
    client_address: "",
  });
  log.warn("BOOTSTRAP_ADMIN_RESET has let the first administrator in again. Take it out now.");
}
