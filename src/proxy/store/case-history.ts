import type { Kysely } from "kysely";
import { type CaseEdit, newCall, newCase } from "#contract/cases.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

type Change = NonNullable<CaseEdit["changes"]>[number];

const isWithdrawal = ({ field, became }: Change) => field === "call" && became === null;

const isRefusedNow = (field: Change["field"], value: Change["was"]): boolean => {
  const issues = (field === "call" ? newCall.shape.said : newCase.shape[field]).safeParse(value).error
    ?.issues;
  return value !== null && (issues?.some(({ message }) => message === "glucose") ?? false);
};

/**
 * That a text was corrected stays told, with who did it and when; not what would be refused today, nor what a call said
 * that was withdrawn.
 */
function toldOf(change: Change, withdrawnAtMs: ReadonlySet<number | undefined>): Change {
  if (isWithdrawal(change)) return { ...change, was: null };
  const isGone = change.field === "call" && withdrawnAtMs.has(change.callAtMs);
  const told = (value: Change["was"]) => (isGone || isRefusedNow(change.field, value) ? null : value);
  const [was, became] = [told(change.was), told(change.became)];
  if (was === change.was && became === change.became) return change;
  return { ...change, was, became, isWithheld: true };
}

/** What was changed of a case, the oldest first. */
export async function caseHistory(db: Kysely<Tables>, sealer: Sealer, id: string): Promise<CaseEdit[]> {
  const kept = await db
    .selectFrom("sensor_case_change")
    .leftJoin("user", "user.id", "sensor_case_change.by_id")
    .select(["sensor_case_change.id", "at_ms", "by_id", "sealed_text", "user.name"])
    .where("case_id", "=", id)
    .orderBy("version")
    .execute();
  const edits = kept.map((row): CaseEdit => {
    const opened = sealer.open(row.sealed_text);
    return {
      id: row.id,
      atMs: row.at_ms,
      by: { id: row.by_id, name: row.name },
      changes: opened === null ? null : (JSON.parse(opened) as CaseEdit["changes"]),
    };
  });
  const all = edits.flatMap(({ changes }) => changes ?? []);
  const withdrawnAtMs = new Set(all.filter(isWithdrawal).map(({ callAtMs }) => callAtMs));
  return edits.map((edit) => ({
    ...edit,
    changes: edit.changes?.map((change) => toldOf(change, withdrawnAtMs)) ?? null,
  }));
}
