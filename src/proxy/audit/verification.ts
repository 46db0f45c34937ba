import { setImmediate } from "node:timers/promises";
import type { AuditFault, AuditSpan, AuditVerification } from "#contract/audit.ts";
import { type AuditRow, noMac } from "../store/audit-rows.ts";
import { headFound, isOfItsRow, keyChangeAction } from "./append.ts";
import { type AuditChain, keyIdOf } from "./chain.ts";
import { type Pruned, pruneAction, readPruned } from "./pruning.ts";
import type { AuditTrail } from "./trail.ts";

const rowsPerPart = 500;
const mostFaults = 100;

/** A gap in the sequence numbers, and the MAC that the row after it names as the previous one. */
interface Hole {
  fromSeq: number;
  toSeq: number;
  nextNames: string | null;
}

/** Extends the last span where `one` continues it; true where a span was added. */
function addTo<T extends AuditSpan>(spans: T[], one: T, isSame: (last: T) => boolean = () => true): boolean {
  const last = spans.at(-1);
  if (last && isSame(last) && last.toSeq === one.fromSeq - 1) {
    last.toSeq = one.toSeq;
    return false;
  }
  if (spans.length < mostFaults) spans.push(one);
  return true;
}

/** Collects faults and rows that cannot be checked as spans; keeps the first ones of each and counts all. */
function createFindings() {
  const faults: AuditFault[] = [];
  const unchecked: AuditSpan[] = [];
  let [faultCount, uncheckedRows] = [0, 0];
  return {
    report: (kind: AuditFault["kind"], fromSeq: number, toSeq = fromSeq) => {
      if (addTo(faults, { kind, fromSeq, toSeq }, (last) => last.kind === kind)) faultCount += 1;
    },
    leaveUnchecked: (seq: number) => {
      uncheckedRows += 1;
      addTo(unchecked, { fromSeq: seq, toSeq: seq });
    },
    all: () => ({
      faults: faults.toSorted((a, b) => a.fromSeq - b.fromSeq),
      faultCount,
      unchecked,
      uncheckedRows,
    }),
  };
}
type Findings = ReturnType<typeof createFindings>;

/**
 * Whether a row says that the head record was not as it had been left. Earlier versions wrote one after a
 * change of the secret, too; those follow a row that was signed with another key.
 */
function isBroken({ action, details, mac, previous_mac: previousMac }: AuditRow): boolean {
  if (action !== "audit.broken") return false;
  const { head } = JSON.parse(details ?? "{}") as { head?: string };
  return head !== "unknown-key" || previousMac === noMac || keyIdOf(mac) === keyIdOf(previousMac);
}

function checkKeyChange(row: AuditRow, chain: AuditChain, { report, leaveUnchecked }: Findings): void {
  if (chain.checkHead(headFound(row)) === "altered") report("head", row.seq);
  // Without a row before it nothing shows that there was another key: all of its rows may have been removed.
  else if (row.previous_mac === noMac) leaveUnchecked(row.seq);
}

/** A gap is explained by a pruning where the row after it names the last row that was pruned. */
function checkHoles(holes: readonly Hole[], pruned: Pruned | null, { report }: Findings): void {
  const through = pruned?.throughSeq ?? 0;
  for (const { fromSeq, toSeq, nextNames } of holes)
    if (toSeq > through) report("missing", Math.max(fromSeq, through + 1), toSeq);
    else if (toSeq === through && nextNames !== null && nextNames !== pruned?.mac) report("order", toSeq + 1);
}

/**
 * Reads the whole trail and reports what is wrong with it. Rows added meanwhile are left for the next run;
 * the last row about a pruning, read at the end, explains rows that were pruned meanwhile.
 *
 * A pruning explains missing rows only if its own row is sound, or stands before the first sound row and was
 * signed with a key we do not have. After a sound row, one with such a key may be forged.
 */
export async function verifyAudit(
  trail: AuditTrail,
  chain: AuditChain,
  nowMs: number,
): Promise<AuditVerification> {
  const { head, lastSeq } = await trail.ends();
  const seal = head ? chain.checkHead(head) : "missing";
  const isSealed = head !== null && seal === "sound";
  const findings = createFindings();
  const { report, leaveUnchecked } = findings;
  const holes: Hole[] = [];

  let [seq, mac, rows] = [0, noMac, 0];
  let sinceMs: number | null = null;
  let isLastAltered = false;
  let hasSound = false;
  let pruned: Pruned | null = null;
  const checkRow = (row: AuditRow) => {
    const soundness = chain.check(row);
    const isAltered = soundness === "altered";
    if (isAltered) report("altered", row.seq);
    else if (soundness === "unknown-key") leaveUnchecked(row.seq);
    else if (isBroken(row)) report("head", row.seq);
    else if (row.action === keyChangeAction) checkKeyChange(row, chain, findings);
    hasSound ||= soundness === "sound";
    if (soundness === "sound" || (soundness === "unknown-key" && !hasSound))
      pruned = readPruned(row) ?? pruned;
    if (row.seq > seq + 1)
      holes.push({ fromSeq: seq + 1, toSeq: row.seq - 1, nextNames: isAltered ? null : row.previous_mac });
    // Beside an altered row a mismatch is no fault of its own.
    else if (!isAltered && !isLastAltered && row.previous_mac !== mac) report("order", row.seq);
    [seq, mac, isLastAltered] = [row.seq, row.mac, isAltered];
    sinceMs ??= row.at_ms;
    rows += 1;
  };
  for (;;) {
    const part = await trail.after(seq, lastSeq, rowsPerPart);
    for (const row of part) checkRow(row);
    if (part.length < rowsPerPart) break;
    await setImmediate();
  }

  const meanwhile = await trail.lastOf(pruneAction);
  if (meanwhile && meanwhile.seq > lastSeq && chain.check(meanwhile) === "sound")
    pruned = readPruned(meanwhile) ?? pruned;
  checkHoles(holes, pruned, findings);
  // A head sealed with a key we do not have must belong to the last row, which cannot be checked either.
  const last = lastSeq === 0 ? null : { seq: lastSeq, mac };
  if (!head || !(isSealed || (seal === "unknown-key" && isOfItsRow(head, last)))) report("head", lastSeq);
  else if (head.seq > lastSeq) report("missing", lastSeq + 1, head.seq);
  else if (head.seq < lastSeq) report("after-end", head.seq + 1, lastSeq);
  else if (!isLastAltered && rows > 0 && head.mac !== mac) report("head", lastSeq);

  return {
    atMs: nowMs,
    rows,
    sinceMs,
    lastSeq: seq,
    lastMac: mac,
    beganAtMs: isSealed ? head.began_at_ms : null,
    beforeChain: isSealed ? head.before_chain : 0,
    pruned: pruned && { throughSeq: pruned.throughSeq, untilMs: pruned.untilMs },
    ...findings.all(),
  };
}
