import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { BoxDetails, Device } from "#contract/device.ts";
import { dayMs } from "#glucose/time.ts";
import { isSoundGtin } from "#sensor/gs1.ts";
import { formatPair } from "#words/list.ts";
import { formatCalendarDate, formatDateTime } from "#words/time.ts";
import { keepBox } from "../api/devices.ts";
import { sessionQuery } from "../api/session.ts";
import { now } from "../clock.ts";
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
import { rememberLookup, useBox } from "./recent-lookups.ts";

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

interface KnownBox {
  readonly box: BoxDetails;
  /** What was just scanned from it and contradicts what colleagues have. */
  readonly contradiction: BoxDetails | null;
  /** What was scanned as its GTIN and cannot be one. */
  readonly unsoundGtin: string | null;
}

/** What was just scanned from the box of this sensor, and what else colleagues have. */
function useKnownBox(serial: string, known: Device["box"] | undefined): KnownBox {
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const read = useBox(account, serial) ?? noBox;
  const unsoundGtin = read.gtin === null || isSoundGtin(read.gtin) ? null : read.gtin;
  const scanned = { ...read, gtin: unsoundGtin === null ? read.gtin : null };
  const kept = known ?? noBox;
  const isContradicted = fields.some(
    (one) => scanned[one] !== null && kept[one] !== null && scanned[one] !== kept[one],
  );
  if (isContradicted) return { box: kept, contradiction: scanned, unsoundGtin };
  const box = {
    gtin: kept.gtin ?? scanned.gtin,
    lot: kept.lot ?? scanned.lot,
    expiry: kept.expiry ?? scanned.expiry,
    producedOn: kept.producedOn ?? scanned.producedOn,
  };
  return { box, contradiction: null, unsoundGtin };
}

/** What is known of the box of this sensor, in words; `known` is what the server knows of it. */
export function useBoxFacts(serial: string, known: Device["box"] | undefined, nowMs: number): BoxFact[] {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  const { box, unsoundGtin } = useKnownBox(serial, known);
  const { gtin, lot, producedOn, expiry } = box;
  const isExpired = expiry !== null && nowMs >= Date.parse(expiry) + dayMs;
  const gtinNote = () => {
    if (gtin === null) return t("gtinNotKept");
    if (unsoundGtin !== null && unsoundGtin !== gtin) return t("gtinNotTaken", { gtin: unsoundGtin });
    return isSoundGtin(gtin) ? null : t("gtinUnsound");
  };
  return [
    { name: t("field.gtin"), value: gtin ?? unsoundGtin, note: gtinNote() },
    { name: t("field.lot"), value: lot, note: null },
    { name: t("producedOn"), value: producedOn && formatCalendarDate(producedOn, language), note: null },
    {
      name: t("expiry"),
      value: expiry && formatCalendarDate(expiry, language),
      note: isExpired ? t("expired") : null,
    },
  ].flatMap(({ value, ...fact }) => (value === null ? [] : { ...fact, value }));
}

/** Once the server has told of the sensor, what was scanned from its box and is new is kept there for everybody. */
function useKeepBox(serial: string, known: Device["box"] | undefined): void {
  const { box } = useKnownBox(serial, known);
  const { mutate } = useMutation(keepBox(serial));
  const isNew = known !== undefined && fields.some((one) => box[one] !== known[one]);
  const news = isNew ? JSON.stringify(box) : null;
  useEffect(() => {
    if (news !== null) mutate(JSON.parse(news));
  }, [news, mutate]);
}

/** Where what was just scanned contradicts what is known of the box, in words. */
export function useBoxDifferences(serial: string, known: Device["box"]): string[] {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  const { contradiction } = useKnownBox(serial, known);
  if (!contradiction) return [];
  const names = {
    gtin: t("field.gtin"),
    lot: t("field.lot"),
    producedOn: t("producedOn"),
    expiry: t("expiry"),
  };
  const shown = (field: (typeof fields)[number], value: string) =>
    field === "producedOn" || field === "expiry" ? formatCalendarDate(value, language) : value;
  return fields.flatMap((field) => {
    const [read, before] = [contradiction[field], known?.[field] ?? null];
    if (read === null || before === null || read === before) return [];
    const words = t("insteadOf", { scanned: shown(field, read), known: shown(field, before) });
    return formatPair(names[field], words, language);
  });
}

/** What was scanned beside what is known, for whoever holds the box to decide. */
export function BoxContradiction({ serial, known }: { serial: string; known: Device["box"] }) {
  const t = useMessages("device", "box");
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const take = useMutation(keepBox(serial, true));
  const { contradiction: scanned } = useKnownBox(serial, known);
  const differences = useBoxDifferences(serial, known);
  if (!scanned || !known) return null;
  return (
    <Notice role="alert" color="orange" title={t("contradicts")}>
      {differences.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p>{t("contradictsHint")}</p>
      <div className={layout.row} data-gap="xs">
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate(scanned)}>
          {t("take")}
        </Button>
        <Button
          variant="default"
          onClick={() => rememberLookup(account, { serial, state: null, atMs: now(), box: known })}
        >
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
  const facts = useBoxFacts(serial, known, nowMs);
  const { contradiction } = useKnownBox(serial, known);
  useKeepBox(serial, known);
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
      {known && contradiction === null && <BoxCorrection serial={serial} known={known} />}
    </section>
  );
}
