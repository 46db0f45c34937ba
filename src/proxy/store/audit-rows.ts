import type { Selectable } from "kysely";
import type { Tables } from "./schema.ts";

export type AuditRow = Selectable<Tables["audit"]>;
/** What a row says, before it has its place in the chain. */
export type AuditContent = Omit<AuditRow, "seq" | "previous_mac" | "mac">;
export type AuditHead = Selectable<Tables["audit_head"]>;

/** What the first row names as the one before it. */
export const noMac = "";

/** Gives rows their place in the chain and seals its end. */
export interface RowChain {
  link(content: AuditContent, seq: number, previousMac: string): AuditRow;
  seal(head: Omit<AuditHead, "seal">): AuditHead;
}
