import type { CaseEdit, SensorCase } from "#contract/cases.ts";
import { writtenIn } from "#report/case-history.ts";
import type { Field } from "./edits.ts";

const time = (timeMs: number | null | undefined) => (timeMs ? new Date(timeMs).toISOString() : "");

export const caseHeader = [
  "case_id",
  "state",
  "device",
  "received_utc",
  "serial",
  "gtin",
  "lot",
  "expiry",
  "recalled_by",
  "complainant_name",
  "complainant_address",
  "complainant_phone",
  "nature_and_details",
  "action",
  "reply",
  "missing",
  "replacement_serial",
  "replacement_recalled",
  "vendor_number",
  "patient",
  "partner_user_id",
  "calls_of_case",
  "call_number",
  "calls_about_sensor",
  "calls_withdrawn",
  "further_calls_utc",
  "sensor_state",
  "activated_utc",
  "expected_end_utc",
  "ended_utc",
  "dates_in_doubt",
  "ended_early_hours",
  "free_replacement",
  "opened_by",
  "decided_utc",
  "replied_utc",
  "closed_utc",
  "changed_utc",
  "changed_by",
  "history_utc",
];

const hourMs = 3_600_000;

const timeOf = (one: SensorCase, field: Field, isDone: boolean) =>
  isDone ? time(writtenIn(one, field)?.atMs) : "";

function historyLine({ atMs, by, changes }: CaseEdit): string {
  const what = changes?.map(({ field, was, became, callAtMs, isWithheld }) => {
    if (field === "call" && became === null && !isWithheld) return `withdrew the call of ${time(callAtMs)}`;
    const [before, after] = [was, became].map((value) =>
      field === "receivedAtMs" ? time(Number(value)) : (value ?? (isWithheld ? "not told" : "")),
    );
    return `${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  });
  const done = what === undefined ? "unreadable" : what.length === 0 ? "opened" : what.join("; ");
  return [time(atMs), by.name, done].filter(Boolean).join(" ");
}

type FurtherCall = SensorCase["furtherCalls"][number];

const callLine = ({ number, atMs, by, caller, said }: FurtherCall): string =>
  [
    `call ${number}`,
    time(atMs),
    ...(by.name ? [`noted by ${by.name}`] : []),
    ...(caller ? [`caller ${caller}`] : []),
    said ?? "unreadable",
  ].join("; ");

/** What was changed and who called, in the order of time. A call stands before what it changed. */
function actsOf({ history, furtherCalls }: SensorCase) {
  const [opened = [], ...edits] = history.map((edit) => ({ ...edit, line: historyLine(edit) }));
  const calls = furtherCalls.map(({ number, atMs, by }) => ({
    atMs,
    by,
    line: [time(atMs), by.name, `noted call ${number}`].filter(Boolean).join(" "),
  }));
  return [opened, ...calls, ...edits].flat().sort((a, b) => a.atMs - b.atMs);
}

/** One case as a line of a table; `earlyMs` where its sensor ended early. */
export function caseCells(one: SensorCase, earlyMs: number | null): string[] {
  const acts = actsOf(one);
  const last = acts.at(-1);
  return [
    one.id,
    one.state,
    one.device ?? "",
    time(one.receivedAtMs),
    one.serial,
    one.box.gtin ?? "",
    one.box.lot ?? "",
    one.box.expiry ?? "",
    one.recalls.map(({ name, createdAtMs }) => `${time(createdAtMs)} ${name}`).join("\n"),
    one.callerName ?? "",
    one.callerAddress ?? "",
    one.callerPhone ?? "",
    one.nature ?? "",
    one.action ?? "",
    one.reply ?? "",
    one.missing.join(" "),
    one.replacementSerial ?? "",
    one.isReplacementRecalled ? "yes" : "",
    one.vendorNumber ?? "",
    one.patient?.name ?? "",
    one.patient?.partnerUid ?? "",
    String(one.calls),
    String(one.number),
    String(one.callsAboutSensor),
    String(one.callsWithdrawn),
    one.furtherCalls.map(callLine).join("\n"),
    one.sensor?.state ?? "",
    time(one.sensor?.activatedAtMs),
    time(one.sensor?.estimatedEndAtMs),
    time(one.sensor?.endedAtMs),
    one.sensor?.isInDoubt ? "yes" : "",
    earlyMs === null ? "" : String(Math.round(earlyMs / hourMs)),
    one.isReplacedFree === null ? "" : one.isReplacedFree ? "yes" : "no",
    one.openedBy.name ?? "",
    timeOf(one, "action", one.action !== null),
    timeOf(one, "reply", one.reply !== null),
    timeOf(one, "state", one.state === "closed"),
    time(Math.max(one.changedAtMs, last?.atMs ?? 0)),
    last?.by.name ?? "",
    acts.map(({ line }) => line).join("\n"),
  ];
}
