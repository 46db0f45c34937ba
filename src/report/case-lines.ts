import type { CaseText } from "#contract/case-fields.ts";
import type { SensorCase } from "#contract/cases.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { formatCalendarDate, formatDuration } from "#words/time.ts";
import { writtenIn } from "./case-history.ts";
import { type CaseSpeech, callOfAll, caseWords } from "./case-words.ts";
import type { Line } from "./report.ts";

function identityOf({ serial, box }: SensorCase, { t, language }: CaseSpeech): string {
  const { gtin, lot, expiry } = box;
  return [
    serial,
    ...(gtin ? [`GTIN ${gtin}`] : []),
    ...(lot ? [t("lot", { lot })] : []),
    ...(expiry ? [t("expiry", { date: formatCalendarDate(expiry, language) })] : []),
  ].join(" · ");
}

function wearWords({ sensor }: SensorCase, { t, language }: CaseSpeech, nowMs: number): string | null {
  if (sensor?.isInDoubt) return t("wearInDoubt");
  const early = sensor && earlyEndOf(sensor, nowMs);
  return (
    early &&
    t("endedEarly", {
      early: formatDuration(early.earlyMs, language),
      worn: formatDuration(early.wornMs, language),
      planned: formatDuration(early.plannedMs, language),
    })
  );
}

function replacementWords(one: SensorCase, serial: string, { t }: CaseSpeech): string {
  if (one.isReplacementRecalled) return t("replacementRecalled", { serial });
  if (one.isReplacementElsewhere) return t("boundElsewhere", { serial });
  return one.isReplacementUnknown ? t("replacementUnknown", { serial }) : serial;
}

/** A case line by line, in the order of what the record of a complaint must hold; the rest follows. */
export function caseLines(one: SensorCase, speech: CaseSpeech, nowMs: number): Line[] {
  const { t } = speech;
  const words = caseWords(speech);
  const { patient, replacementSerial, freeReplacementHours, isReplacedFree } = one;
  const known = (name: string, value: string): Line => ({ name, value, isMissing: false });
  const required = (field: CaseText): Line => {
    const value = one.isUnreadable ? t("unreadable") : one[field];
    return { name: t(`part.${field}`), value: value ?? t("isMissing"), isMissing: value === null };
  };
  const optional = (name: string, value: string | null | false | undefined): Line[] =>
    value ? [known(name, value)] : [];
  const dated = (field: "action" | "reply" | "state", isDone: boolean): Line[] => {
    const written = isDone && writtenIn(one, field);
    return optional(t(`dated.${field}`), written && words.edited(written));
  };
  const unknownFree = one.sensor?.isInDoubt ? "isFreeInDoubt" : "isUnknownFree";
  const lastEdit = one.history.findLast(({ changes }) => changes?.length !== 0);
  return [
    required("device"),
    known(t("part.receivedAtMs"), words.time(one.receivedAtMs)),
    known(t("identification"), identityOf(one, speech)),
    ...one.recalls.map(({ name, createdAtMs }) =>
      known(t("recalled"), t("recalledBy", { name, time: words.time(createdAtMs) })),
    ),
    required("callerName"),
    required("callerAddress"),
    required("callerPhone"),
    required("nature"),
    required("action"),
    ...dated("action", one.action !== null),
    required("reply"),
    ...dated("reply", one.reply !== null),
    known(t("part.state"), t(`caseState.${one.state}`)),
    ...dated("state", one.state === "closed"),
    ...optional(
      t("part.replacementSerial"),
      replacementSerial && replacementWords(one, replacementSerial, speech),
    ),
    ...optional(t("part.vendorNumber"), one.vendorNumber),
    ...optional(t("wearer"), patient && `${patient.name} · ${patient.partnerUid}`),
    ...optional(t("wear"), wearWords(one, speech, nowMs)),
    ...optional(
      t("freeReplacement"),
      freeReplacementHours !== null &&
        t(isReplacedFree === null ? unknownFree : isReplacedFree ? "isFree" : "isNotFree"),
    ),
    known(t("calls"), callOfAll(t, one)),
    known(t("opened"), words.person(one.openedBy)),
    ...optional(t("lastChange"), lastEdit && words.edited(lastEdit)),
  ];
}
