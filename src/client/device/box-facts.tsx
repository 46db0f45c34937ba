import { useQuery } from "@tanstack/react-query";
import { isSoundGtin } from "#contract/gs1.ts";
import { dayMs } from "#glucose/time.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { formatCalendarDate } from "../ui/time.ts";
import classes from "./device-facts.module.css";
import { useBox } from "./recent-lookups.ts";

interface BoxFact {
  readonly name: string;
  readonly value: string;
  readonly note: string | null;
}

/** What was scanned from the box of this sensor, in words. */
export function useBoxFacts(serial: string, nowMs: number): BoxFact[] {
  const t = useMessages("device", "box");
  const { language } = usePreferences();
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const { gtin = null, lot = null, producedOn = null, expiry = null } = useBox(account, serial) ?? {};
  const isExpired = expiry !== null && nowMs >= Date.parse(expiry) + dayMs;
  return [
    { name: t("gtin"), value: gtin, note: gtin !== null && !isSoundGtin(gtin) ? t("gtinUnsound") : null },
    { name: t("lot"), value: lot, note: null },
    { name: t("producedOn"), value: producedOn && formatCalendarDate(producedOn, language), note: null },
    {
      name: t("expiry"),
      value: expiry && formatCalendarDate(expiry, language),
      note: isExpired ? t("expired") : null,
    },
  ].flatMap(({ value, ...fact }) => (value === null ? [] : { ...fact, value }));
}

/** Lot, product and dates, where the code on the box was scanned; nothing where it was not. */
export function BoxFacts({ serial, nowMs }: { serial: string; nowMs: number }) {
  const t = useMessages("device", "box");
  const facts = useBoxFacts(serial, nowMs);
  if (facts.length === 0) return null;
  return (
    <section aria-labelledby="device-box">
      <h2 className={prose.lesser} id="device-box">
        {t("box")}
      </h2>
      <dl className={classes.facts}>
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
