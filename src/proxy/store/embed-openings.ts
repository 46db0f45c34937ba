import { dayMs } from "#glucose/time.ts";
import type { Database } from "./database.ts";

/** Which tokens for embedded views were used, for as long as they could be again, should the clock be put back by a day. */
export interface EmbedOpenings {
  /** False where it was used already, on whichever server. */
  use(tokenId: string, expiresAtMs: number): Promise<boolean>;
}

export const createEmbedOpenings = ({ db }: Pick<Database, "db">, now: () => number): EmbedOpenings => ({
  use: async (tokenId, expiresAtMs) => {
    await db
      .deleteFrom("embed_opening")
      .where("expires_at_ms", "<=", now() - dayMs)
      .execute();
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("embed_opening")
      .values({ token_id: tokenId, expires_at_ms: expiresAtMs })
      .onConflict((conflict) => conflict.column("token_id").doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  },
});
