import type { Sealer } from "./seal.ts";

interface SealedRow {
  key: string;
  sealed: string;
}

interface SealedRows {
  /** The next ones in the order of their keys. */
  after(key: string, limit: number): Promise<SealedRow[]>;
  /** Changes nothing where the row is sealed otherwise by now. */
  replace(row: SealedRow, sealed: string): Promise<{ numUpdatedRows: bigint }>;
}

const rowsPerPart = 1000;

/** Seals anew what a previous secret sealed; answers with how many rows that were. */
export async function resealRows(sealer: Sealer, { after, replace }: SealedRows): Promise<number> {
  let count = 0;
  let key = "";
  while (true) {
    const rows = await after(key, rowsPerPart);
    for (const row of rows) {
      const resealed = sealer.reseal(row.sealed);
      if (resealed !== null) count += Number((await replace(row, resealed)).numUpdatedRows);
    }
    const last = rows.at(-1);
    if (!last) return count;
    key = last.key;
  }
}
