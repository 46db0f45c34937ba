import { setImmediate } from "node:timers/promises";
import type { AuditFault, AuditVerification } from "#contract/audit.ts";
import { type AuditChain, type AuditRow, noMac } from "./audit-chain.ts";
import { pruneAction, readPruned } from "./audit-pruning.ts";
import type { AuditTrail } from "./audit-trail.ts";

const rowsPerPart = 500;
const mostFaults = 100;

/** A hole in the numbers, and what the row after it names as the one before. */
interface Hole {
  fromSeq: number;
  toSeq: number;
  nextNames: string | null;
}

/**
 * Reads the whole trail and says what is wrong with it. What is added meanwhile is left for the next time; what is pruned meanwhile
 * is told from what was removed by the last row about a pruning, read at the end.
 */
export async function verifyAudit(
  trail: AuditTrail,
  chain: AuditChain,
  nowMs: number,
): Promise<AuditVerification> {
  const { head, lastSeq } = await trail.ends();
  const isSealed = head !== null && chain.checkHead(head) === "sound";
  const faults: AuditFault[] = [];
  const holes: Hole[] = [];
  let faultCount = 0;
  const report = (kind: AuditFault["kind"], fromSeq: number, toSeq = fromSeq) => {
    const last = faults.at(-1);
    if (last?.kind === kind && last.toSeq === fromSeq - 1) last.toSeq = toSeq;
    else {
      faultCount += 1;
      if (faults.length < mostFaults) faults.push({ kind, fromSeq, toSeq });
    }
  };

  let [seq, mac, rows] = [0, noMac, 0];
  let sinceMs: number | null = null;
  let isLastSound = true;
  const look = (row: AuditRow) => {
    const soundness = chain.check(row);
    const isSound = soundness === "sound";
    if (soundness !== "sound") report(soundness, row.seq);
    else if (row.action === "audit.broken") report("head", row.seq);
    if (row.seq > seq + 1)
      holes.push({ fromSeq: seq + 1, toSeq: row.seq - 1, nextNames: isSound ? row.previous_mac : null });
    // Where one of the two is altered, that is why they do not fit.
    else if (isSound && isLastSound && row.previous_mac !== mac) report("order", row.seq);
    [seq, mac, isLastSound] = [row.seq, row.mac, isSound];
    sinceMs ??= row.at_ms;
    rows += 1;
  };
  for (;;) {
    const part = await trail.after(seq, lastSeq, rowsPerPart);
    for (const row of part) look(row);
    if (part.length < rowsPerPart) break;
    await setImmediate();
  }

  const pruning = await trail.lastOf(pruneAction);
  const pruned = pruning && chain.check(pruning) === "sound" ? readPruned(pruning) : null;
  for (const { fromSeq, toSeq, nextNames } of holes) {
    const through = pruned?.throughSeq ?? 0;
    if (toSeq > through) report("missing", Math.max(fromSeq, through + 1), toSeq);
    else if (toSeq === through && nextNames !== null && nextNames !== pruned?.mac) report("order", toSeq + 1);
  }
  if (!isSealed) report("head", lastSeq);
  else if (head.seq > lastSeq) report("missing", lastSeq + 1, head.seq);
  else if (head.seq < lastSeq) report("beyond", head.seq + 1, lastSeq);
  else if (isLastSound && rows > 0 && head.mac !== mac) report("head", lastSeq);

  return {
    ...{ atMs: nowMs, rows, sinceMs, lastSeq: seq, lastMac: mac },
    beganAtMs: isSealed ? head.began_at_ms : null,
    beforeChain: isSealed ? head.before_chain : 0,
    pruned: pruned && { throughSeq: pruned.throughSeq, untilMs: pruned.untilMs },
    faults: faults.toSorted((a, b) => a.fromSeq - b.fromSeq),
    faultCount,
  };
}
