import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "./schema.ts";

/** Counts attempts to sign in, in the database, so that several servers count as one. */
export interface SignInGuard {
  /**
   * Counts an attempt as failed before it is made, so that a hundred at once are a hundred. While the
   * account is locked nothing is counted.
   */
  begin(accountKey: string, nowMs: number): Promise<{ isLocked: boolean; failures: number; untilMs: number }>;
  /** Undoes the count of one attempt and the lock that came with it; the lock of another attempt stays. */
  takeBack(accountKey: string, untilMs: number): Promise<void>;
  /** After a sign-in: deletes the account's count, and every account's expired counts. */
  clear(accountKey: string, nowMs: number): Promise<void>;
  /** False when this code has been used already. */
  claimCode(accountKey: string, codeKey: string, nowMs: number): Promise<boolean>;
  releaseCode(accountKey: string, codeKey: string): Promise<void>;
  isKnownBrowser(accountKey: string, browserKey: string): Promise<boolean>;
  rememberBrowser(accountKey: string, browserKey: string, nowMs: number): Promise<void>;
  /** Deletes an account's count and its known browsers. */
  forgive(accountKey: string): Promise<void>;
}

const forgottenAfterMs = 24 * 3_600_000;
/** A code is valid in its own half minute and the ones before and after. */
const codeLifeMs = 3 * 60_000;
/** As long as the cookie that identifies the browser. */
const browserLifeMs = 180 * 24 * 3_600_000;

/** The first lock comes with this failure and lasts a minute; each further one doubles it, to 64 minutes. */
const failuresAllowed = 10;
const firstLockMs = 60_000;
const doublings = 6;
/** How far the clocks of two servers may differ. */
const clockSpreadMs = 60_000;

const lockMsOf = (failures: number) =>
  firstLockMs * 2 ** Math.max(0, Math.min(failures - failuresAllowed, doublings));

async function beginAttempt(
  db: Kysely<Tables>,
  accountKey: string,
  nowMs: number,
): Promise<{ isLocked: boolean; failures: number; untilMs: number }> {
  const now = sql<number>`cast(${nowMs} as bigint)`;
  const oldest = sql<number>`cast(${nowMs - forgottenAfterMs} as bigint)`;
  const failures = sql<number>`case when sign_in_guard.last_attempt_ms < ${oldest} then 1
    else sign_in_guard.failures + 1 end`;
  const over = sql<number>`(${failures}) - ${sql.lit(failuresAllowed)}`;
  const lockMs = (surplus: RawBuilder<number>) => sql<number>`case
    when ${surplus} < 0 then ${sql.lit(firstLockMs)}
    when ${surplus} > ${sql.lit(doublings)} then ${sql.lit(firstLockMs * 2 ** doublings)}
    else (${sql.lit(firstLockMs)} << (${surplus})) end`;
  // A lock that ends later than any lock set now was set before the clock was set back.
  const before = sql<number>`(sign_in_guard.failures - ${sql.lit(failuresAllowed)})`;
  const never = sql<number>`${now} + ${sql.lit(clockSpreadMs)} + ${lockMs(before)}`;
  const counted = await sql<{ failures: number; until_ms: number }>`
    insert into sign_in_guard (account_key, failures, locked_until_ms, last_attempt_ms)
    values (${accountKey}, 1, 0, ${now})
    on conflict (account_key) do update set
      failures = ${failures},
      locked_until_ms = case
        when ${over} < 0 then 0
        else ${now} + ${lockMs(over)} end,
      last_attempt_ms = ${now}
    where sign_in_guard.locked_until_ms <= ${now} or sign_in_guard.locked_until_ms > ${never}
    returning failures, locked_until_ms as until_ms`.execute(db);
  const row = counted.rows[0];
  if (row) return { isLocked: false, failures: row.failures, untilMs: row.until_ms };
  const locked = await db
    .selectFrom("sign_in_guard")
    .selectAll()
    .where("account_key", "=", accountKey)
    .executeTakeFirst();
  const failed = locked?.failures ?? 0;
  return {
    isLocked: true,
    failures: failed,
    untilMs: Math.min(locked?.locked_until_ms ?? nowMs, nowMs + lockMsOf(failed)),
  };
}

type Attempts = Pick<SignInGuard, "begin" | "takeBack" | "clear">;

const createAttempts = (db: Kysely<Tables>): Attempts => ({
  begin: (accountKey, nowMs) => beginAttempt(db, accountKey, nowMs),
  takeBack: async (accountKey, untilMs) => {
    await db
      .updateTable("sign_in_guard")
      .set((eb) => ({
        failures: eb("failures", "-", 1),
        locked_until_ms: eb
          .case()
          .when("locked_until_ms", "=", untilMs)
          .then(0)
          .else(eb.ref("locked_until_ms"))
          .end(),
      }))
      .where("account_key", "=", accountKey)
      .where("failures", ">", 0)
      .execute();
    await db
      .deleteFrom("sign_in_guard")
      .where("account_key", "=", accountKey)
      .where("failures", "=", 0)
      .execute();
  },
  clear: async (accountKey, nowMs) => {
    await db
      .deleteFrom("sign_in_guard")
      .where((eb) =>
        eb.or([
          eb("account_key", "=", accountKey),
          eb.and([eb("last_attempt_ms", "<", nowMs - forgottenAfterMs), eb("locked_until_ms", "<", nowMs)]),
        ]),
      )
      .execute();
  },
});

const createUsedCodes = (db: Kysely<Tables>): Pick<SignInGuard, "claimCode" | "releaseCode"> => ({
  claimCode: async (accountKey, codeKey, nowMs) => {
    await db
      .deleteFrom("used_code")
      .where("used_at_ms", "<", nowMs - codeLifeMs)
      .execute();
    const result = await db
      .insertInto("used_code")
      .values({ account_key: accountKey, code_key: codeKey, used_at_ms: nowMs })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  },
  releaseCode: async (accountKey, codeKey) => {
    await db
      .deleteFrom("used_code")
      .where("account_key", "=", accountKey)
      .where("code_key", "=", codeKey)
      .execute();
  },
});

type KnownBrowsers = Pick<SignInGuard, "isKnownBrowser" | "rememberBrowser">;

const createKnownBrowsers = (db: Kysely<Tables>): KnownBrowsers => ({
  isKnownBrowser: async (accountKey, browserKey) => {
    const known = await db
      .selectFrom("known_browser")
      .select("browser_key")
      .where("browser_key", "=", browserKey)
      .where("account_key", "=", accountKey)
      .executeTakeFirst();
    return known !== undefined;
  },
  rememberBrowser: async (accountKey, browserKey, nowMs) => {
    await db
      .deleteFrom("known_browser")
      .where("used_at_ms", "<", nowMs - browserLifeMs)
      .execute();
    await db
      .insertInto("known_browser")
      .values({ browser_key: browserKey, account_key: accountKey, used_at_ms: nowMs })
      .onConflict((conflict) => conflict.column("browser_key").doUpdateSet({ used_at_ms: nowMs }))
      .execute();
  },
});

export function createSignInGuard(db: Kysely<Tables>): SignInGuard {
  return {
    ...createAttempts(db),
    ...createUsedCodes(db),
    ...createKnownBrowsers(db),
    forgive: async (accountKey) => {
      const browsers = db
        .selectFrom("known_browser")
        .select("browser_key")
        .where("account_key", "=", accountKey);
      await db
        .deleteFrom("sign_in_guard")
        .where((eb) => eb.or([eb("account_key", "=", accountKey), eb("account_key", "in", browsers)]))
        .execute();
      await db.deleteFrom("known_browser").where("account_key", "=", accountKey).execute();
    },
  };
}
