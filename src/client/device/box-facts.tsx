import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Device } from "#contract/device.ts";
import { dayMs } from "#glucose/time.ts";
import { isSoundGtin } from "#sensor/gs1.ts";
import { keepBox } from "../api/devices.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { formatCalendarDate } from "../ui/time.ts";
import classes from "./device-facts.module.css";
import { useBox } from "./recent-lookups.ts";

interface BoxFactsProps {
  serial: string;
  /** What the server knows of its box; undefined where it could not tell of the sensor. */
  known: Device["box"] | undefined;
  nowMs: number;
}

interface BoxFact {
  readonly name: string;
  readonly value: string;
  readonly note: string | null;
}

/** What was just scanned from the box of this sensor, and what else colleagues have. */
function useKnownBox(serial: string, known: Device["box"] | undefined): Device["box"] {
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const scanned = useBox(account, serial);
  return {
    gtin: scanned?.gtin ?? known?.gtin ?? null,
    lot: scanned?.lot ?? known?.lot ?? null,
    expiry: scanned?.expiry ?? known?.expiry ?? null,
    producedOn: scanned?.producedOn ?? known?.producedOn ?? null,
  };
}

/** What is known of the box of this sensor, in words; `known` is what the server knows of it. */
export function useBoxFacts(serial: string, known: Device["box"] | undefined, nowMs: number): BoxFact[] {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  const { gtin, lot, producedOn, expiry } = useKnownBox(serial, known);
  const isExpired = expiry !== null && nowMs >= Date.parse(expiry) + dayMs;
  return [
    {
      name: t("field.gtin"),
      value: gtin,
      note: gtin !== null && !isSoundGtin(gtin) ? t("gtinUnsound") : null,
    },
    { name: t("field.lot"), value: lot, note: null },
    { name: t("producedOn"), value: producedOn && formatCalendarDate(producedOn, language), note: null },
    {
      name: t("expiry"),
      value: expiry && formatCalendarDate(expiry, language),
      note: isExpired ? t("expired") : null,
    },
  ].flatMap(({ value, ...fact }) => (value === null ? [] : { ...fact, value }));
}

/** Once the server has told of the sensor, what was scanned from its box is kept there for everybody. */
function useKeepBox(serial: string, known: Device["box"] | undefined): void {
  const box = useKnownBox(serial, known);
  const { mutate } = useMutation(keepBox(serial));
  const isNew =
    known !== undefined &&
    (["gtin", "lot", "expiry", "producedOn"] as const).some((one) => box[one] !== known[one]);
  const news = isNew ? JSON.stringify(box) : null;
  useEffect(() => {
    if (news !== null) mutate(JSON.parse(news));
  }, [news, mutate]);
}

/** Lot, product and dates, where the code on the box was scanned; nothing where it was not. */
export function BoxFacts({ serial, known, nowMs }: BoxFactsProps) {
  const t = useMessages("device", "box");
  const facts = useBoxFacts(serial, known, nowMs);
  useKeepBox(serial, known);
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
    </section>
  );
}
