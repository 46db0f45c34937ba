import type { CSSProperties } from "react";
import type { DeviceJourney } from "#contract/device.ts";
import { localeOf } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import table from "../ui/table.module.css";
import classes from "./data-days.module.css";
import { formatShare, isPartialDay } from "./share.ts";

const share = ({ received, expected }: { received: number; expected: number }) =>
  ({ "--share": expected > 0 ? Math.min(1, received / expected) : 0 }) as CSSProperties;

/** One row a day; the bar repeats the per cent beside it, so nothing rests on colour or length alone. */
export function DataDays({ data }: { data: DeviceJourney }) {
  const t = useMessages("device", "data");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(localeOf(language));
  const date = new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: data.timeZone,
  });
  const caption = t("byDay", { zone: data.timeZone });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={classes.scroll} role="group" aria-label={caption} tabIndex={0}>
      <table className={`${table.rows} ${classes.days}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("date")}</th>
            <th scope="col" colSpan={2}>
              {t("arrived")}
            </th>
            <th scope="col">{t("received")}</th>
            <th scope="col">{t("expected")}</th>
          </tr>
        </thead>
        <tbody>
          {data.days.map((day) => (
            <tr key={day.startMs}>
              <th scope="row">
                {date.format(day.startMs)}
                {isPartialDay(day, data.timeZone) && <small>{t("partial")}</small>}
              </th>
              <td className={classes.bar} aria-hidden="true">
                <span>
                  <span style={share(day)} />
                </span>
              </td>
              <td data-label={t("arrived")}>
                {formatShare(day.received, day.expected, localeOf(language)) ?? "–"}
              </td>
              <td data-label={t("received")}>{number.format(day.received)}</td>
              <td data-label={t("expected")}>{number.format(day.expected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
