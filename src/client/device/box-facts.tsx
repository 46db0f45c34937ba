import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { BoxDetails, Device } from "#contract/device.ts";
import { dayMs } from "#glucose/time.ts";
import { boxFaultsOf, boxWith, isBoxContradicted, soundBoxOf } from "#sensor/box.ts";
import { isSoundGtin } from "#sensor/gs1.ts";
import { formatPair } from "#words/list.ts";
import { formatCalendarDate, formatDateTime } from "#words/time.ts";
import { keepBox } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { BoxCorrection } from "./box-correction.tsx";
import classes from "./device-facts.module.css";
import { useScannedBox } from "./scanned-box.ts";

const noBox: BoxDetails = { gtin: null, lot: null, expiry: null, producedOn: null };

interface BoxFactsProps {
  serial: string;
  /** What the server knows of its box; undefined where it could not tell of the sensor. */
  known: Device["box"] | undefined;
  /** Who has put it in place of another. */
  replaced?: Device["boxReplaced"];
  nowMs: number;
}

interface BoxFact {
  readonly name: string;
  readonly value: string;
  readonly note: string | null;
}

const fields = ["gtin", "lot", "producedOn", "expiry"] as const;
type Field = (typeof fields)[number];

interface KnownBox {
  readonly box: BoxDetails;
  /** What was scanned with this look-up. */
  readonly scanned: BoxDetails;
  /** What of that cannot be so, and is neither kept nor offered. */
  readonly faults: ReturnType<typeof boxFaultsOf>;
  /** What would be known if what is left of it took the place of what it contradicts; null where it contradicts nothing. */
  readonly instead: BoxDetails | null;
}

/** What was scanned from the box with this look-up, and what else colleagues have. */
function useKnownBox(known: Device["box"] | undefined, nowMs: number): KnownBox {
  const scanned = useScannedBox().scanned ?? noBox;
  const faults = boxFaultsOf(scanned, nowMs);
  const sound = soundBoxOf(scanned, nowMs);
  const kept = known ?? noBox;
  const together = boxWith(kept, sound);
  return isBoxContradicted(kept, sound)
    ? { box: kept, scanned, faults, instead: together }
    : { box: together, scanned, faults, instead: null };
}

function useFieldWords() {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  return {
    names: { gtin: t("field.gtin"), lot: t("field.lot"), producedOn: t("producedOn"), expiry: t("expiry") },
    shown: (field: Field, value: string) =>
      field === "producedOn" || field === "expiry" ? formatCalendarDate(value, language) : value,
  };
}

/** What is known of the box of this sensor, in words; `known` is what the server knows of it. */
export function useBoxFacts(known: Device["box"] | undefined, nowMs: number): BoxFact[] {
  const t = useMessages("device", "box");
  const { names, shown } = useFieldWords();
  const { box, scanned, faults } = useKnownBox(known, nowMs);
  const noteOf = (field: Field) => {
    const [value, read, fault] = [box[field], scanned[field], faults[field]];
    if (fault && read !== null && read !== value)
      return value === null
        ? t("notKept", { why: t(`fault-${fault}`) })
        : t("scannedNotKept", { scanned: shown(field, read), why: t(`fault-${fault}`) });
    if (field === "gtin" && value !== null && !isSoundGtin(value)) return t("gtinUnsound");
    return field === "expiry" && value !== null && nowMs >= Date.parse(value) + dayMs ? t("expired") : null;
  };
  return fields.flatMap((field) => {
    const value = box[field] ?? scanned[field];
    return value === null ? [] : { name: names[field], value: shown(field, value), note: noteOf(field) };
  });
}

/** Once the server has told of the sensor, what was scanned from its box and is new is kept there for everybody. */
function useKeepBox(serial: string, known: Device["box"] | undefined, nowMs: number): void {
  const { box } = useKnownBox(known, nowMs);
  const { mutate } = useMutation(keepBox(serial));
  const isNew = known !== undefined && fields.some((one) => box[one] !== known[one]);
  const news = isNew ? JSON.stringify(box) : null;
  useEffect(() => {
    if (news !== null) mutate(JSON.parse(news));
  }, [news, mutate]);
}

/**
 * Where what was just scanned contradicts what is known of the box, in words, and what else would change if it took
 * the place of that.
 */
export function useBoxDifferences(
  known: Device["box"],
  nowMs: number,
): { contradictions: string[]; others: string[] } {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  const { names, shown } = useFieldWords();
  const { instead } = useKnownBox(known, nowMs);
  const contradictions: string[] = [];
  const others: string[] = [];
  for (const field of fields) {
    const [before, after] = [known[field], instead ? instead[field] : known[field]];
    const add = (to: string[], words: string) => to.push(formatPair(names[field], words, language));
    if (after === before) continue;
    if (before === null) add(others, t("added", { scanned: shown(field, after ?? "") }));
    else if (after === null) add(contradictions, t("lost", { known: shown(field, before) }));
    else add(contradictions, t("insteadOf", { scanned: shown(field, after), known: shown(field, before) }));
  }
  return { contradictions, others };
}

interface BoxContradictionProps {
  serial: string;
  known: Device["box"];
  nowMs: number;
}

/** What was scanned beside what is known, for whoever holds the box to decide. */
export function BoxContradiction({ serial, known, nowMs }: BoxContradictionProps) {
  const t = useMessages("device", "box");
  const take = useMutation(keepBox(serial, true));
  const { drop } = useScannedBox();
  const { instead } = useKnownBox(known, nowMs);
  const { contradictions, others } = useBoxDifferences(known, nowMs);
  if (!instead) return null;
  return (
    <Notice role="alert" color="orange" title={t("contradicts")}>
      {[...contradictions, ...others].map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p>{t("contradictsHint")}</p>
      <div className={layout.row} data-gap="xs">
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate(instead)}>
          {t("take")}
        </Button>
        <Button variant="default" onClick={drop}>
          {t("keepKnown")}
        </Button>
      </div>
      {take.isError && <PlainFailure error={take.error} title={t("notTaken")} />}
    </Notice>
  );
}

/** Lot, product and dates, where the code on the box was scanned; nothing where it was not. */
export function BoxFacts({ serial, known, replaced, nowMs }: BoxFactsProps) {
  const t = useMessages("device", "box");
  const facts = useBoxFacts(known, nowMs);
  const { instead } = useKnownBox(known, nowMs);
  useKeepBox(serial, known, nowMs);
  const { language } = usePreferences();
  if (facts.length === 0) return null;
  return (
    <section aria-labelledby="device-box">
      <h2 className={prose.lesser} id="device-box">
        {t("box")}
      </h2>
      <dl className={`${classes.facts} ${classes.box}`}>
        {facts.map(({ name, value, note }) => (
          <div key={name}>
            <dt className={prose.note}>{name}</dt>
            <dd className={prose.strong} translate="no">
              {value}
            </dd>
            {note && <dd className={prose.note}>{note}</dd>}
          </div>
        ))}
      </dl>
      {replaced && (
        <p className={prose.note}>
          {t("replacedBy", {
            name: replaced.byName ?? t("somebody"),
            when: formatDateTime(replaced.atMs, viewerZone, language),
          })}
        </p>
      )}
      {known && instead === null && <BoxCorrection serial={serial} known={known} />}
    </section>
  );
}
