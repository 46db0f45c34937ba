import { withBadRecords } from "./faults.ts";
import { type PartnerContext, reply } from "./partner-env.ts";
import type { Wear } from "./wear.ts";
import type { Wearer } from "./wearer.ts";
import { codes, type Owner, toRecords } from "./wire.ts";

export const ownerOf = (wearer: Wearer, appId: string): Owner => ({
  openId: wearer.openId,
  appId: wearer.ours ? appId : "app_990017",
  partnerId: wearer.ours ? "partner_10001" : "partner_20417",
});

/** Undefined when absent, NaN when no time. */
export function timeOf(c: PartnerContext, name: string): number | undefined {
  const text = c.req.query(name);
  return text === undefined ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** Answers with the records of these sensors of one wearer. */
export function sendRecords(
  c: PartnerContext,
  { wearer, wears, appId }: { wearer: Wearer; wears: readonly Wear[]; appId: string },
  span: { startMs: number; endMs: number },
  nowMs: number,
) {
  const own = ownerOf(wearer, appId);
  const owner = c.env.stranger ? { ...own, openId: `${own.openId}-stranger` } : own;
  const records = wears.flatMap((wear) => toRecords(wearer.recording(wear), wear.serial, owner, span, nowMs));
  const sent = c.env.badRecords ? withBadRecords(records) : records;
  return reply(c, codes.ok, "success", { open_id: owner.openId, records: sent });
}
