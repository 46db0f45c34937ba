import type { CaseText } from "#contract/case-fields.ts";
import type { SensorCase } from "#contract/cases.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { formatCalendarDate, formatDuration } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useCallWords, useCaseWords } from "./case-words.ts";
import { writtenIn } from "./history.ts";

export interface RecordLine {
  readonly key: string;
  readonly name: string;
  /** Null where the record of a complaint must hold it and this one does not. */
  readonly value: string | null;
}

/** A case line by line, in the order of what the record of a complaint must hold; the rest follows. */
export function useRecordLines(): (one: SensorCase, nowMs: number) => RecordLine[] {
  const t = useMessages("cases");
  const words = useCaseWords();
  const nth = useCallWords();
  const { language } = usePreferences();
  return (one, nowMs) => {
    const { serial, box, sensor, patient, isUnreadable } = one;
    const early = sensor && earlyEndOf(sensor, nowMs);
    const required = (field: CaseText): RecordLine => ({
      key: field,
      name: t(`part.${field}`),
      value: isUnreadable ? t("unreadable") : one[field],
    });
    const optional = (key: string, name: string, value: string | null | false | undefined): RecordLine[] =>
      value ? [{ key, name, value }] : [];
    const dated = (field: "action" | "reply" | "state", isDone: boolean): RecordLine[] => {
      const written = isDone && writtenIn(one, field);
      return optional(`${field}-dated`, t(`dated.${field}`), written && words.edited(written));
    };
    const lastEdit = one.history.findLast(({ changes }) => changes?.length !== 0);
    const identity = [
      serial,
      ...(box.gtin ? [`GTIN ${box.gtin}`] : []),
      ...(box.lot ? [t("lot", { lot: box.lot })] : []),
      ...(box.expiry ? [t("expiry", { date: formatCalendarDate(box.expiry, language) })] : []),
    ];
    return [
      required("device"),
      { key: "receivedAtMs", name: t("part.receivedAtMs"), value: words.time(one.receivedAtMs) },
      { key: "serial", name: t("identification"), value: identity.join(" · ") },
      required("callerName"),
      required("callerAddress"),
      required("callerPhone"),
      required("nature"),
      required("action"),
      ...dated("action", one.action !== null),
      required("reply"),
      ...dated("reply", one.reply !== null),
      { key: "state", name: t("part.state"), value: t(`caseState.${one.state}`) },
      ...dated("state", one.state === "closed"),
      ...optional(
        "replacementSerial",
        t("part.replacementSerial"),
        one.replacementSerial && one.isReplacementElsewhere
          ? t("boundElsewhere", { serial: one.replacementSerial })
          : one.replacementSerial,
      ),
      ...optional("vendorNumber", t("part.vendorNumber"), one.vendorNumber),
      ...optional("patient", t("wearer"), patient && `${patient.name} · ${patient.partnerUid}`),
      ...optional(
        "early",
        t("wear"),
        early &&
          t("endedEarly", {
            early: formatDuration(early.earlyMs, language),
            worn: formatDuration(early.wornMs, language),
            planned: formatDuration(early.plannedMs, language),
          }),
      ),
      ...optional(
        "free",
        t("freeReplacement"),
        one.freeReplacementHours !== null &&
          t(one.isReplacedFree === null ? "isUnknownFree" : one.isReplacedFree ? "isFree" : "isNotFree"),
      ),
      { key: "calls", name: t("calls"), value: nth(one.callsAboutSensor) },
      { key: "opened", name: t("opened"), value: words.person(one.openedBy) },
      ...optional("last", t("lastChange"), lastEdit && words.edited(lastEdit)),
    ];
  };
}
