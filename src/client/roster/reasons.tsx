import { minuteMs } from "#glucose/time.ts";
import { formatAge } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { groupWord, measureWord, publishedReasonText, publishedValue } from "./published-words.ts";
import {
  isLast,
  isLowNow,
  isPast,
  kindOf,
  type ReasonSubject,
  reasonText,
  wasLowLast,
} from "./reason-words.ts";
import classes from "./reasons.module.css";
import type { PublishedSort } from "./views.ts";

/** A row that was looked at longer ago than this says so. */
const oldMs = 30 * minuteMs;

interface ReasonsProps {
  row: ReasonSubject;
  nowMs: number;
  published: PublishedSort | undefined;
  oldAfterMs?: number;
}

/** Why somebody is to be looked at, each reason with its numbers; of a published list its own reasons. */
export function Reasons({ row, nowMs, published, oldAfterMs = oldMs }: ReasonsProps) {
  const t = useMessages("roster", "why");
  const { language, unit } = usePreferences();
  const { worklist } = row;
  if (!worklist) return <span className={classes.none}>{t("stage-unchecked")}</span>;
  const context = { t, unit, language, nowMs };
  const place = (published && worklist.published) ?? null;
  // A list of others knows nothing of what is now; a low is shown in any, and one that the readings stopped at.
  const own = worklist.reasons.filter(({ key }) => !place || isLowNow(key) || wasLowLast(key));
  const count = own.length + (place ? place.reasons.length : 0);
  return (
    <>
      {count > 0 && (
        <ul className={classes.reasons} aria-label={t("column-reasons")}>
          {own.map((reason) => {
            return (
              <li
                key={reason.key}
                className={classes.reason}
                data-kind={kindOf(reason.key)}
                data-borderline={reason.isBorderline || undefined}
                data-faint={reason.explainedBy !== undefined || undefined}
                data-past={isLast(reason.key) || isPast(reason, row, nowMs) || undefined}
              >
                {reason.isNew && <b className={classes.new}>{t("new")}</b>}
                {reasonText(reason, row, context)}
                {reason.isBorderline && <i>{t("borderline")}</i>}
                {reason.explainedBy && <i>{t("explained")}</i>}
              </li>
            );
          })}
          {published &&
            place?.reasons.map((reason) => (
              <li key={reason.key} className={classes.reason} data-kind="published">
                {publishedReasonText(reason, published, row, context)}
              </li>
            ))}
        </ul>
      )}
      {(count === 0 || !worklist.isRead) && (
        <span className={classes.none}>
          {!worklist.isRead
            ? t("stage-unchecked")
            : published && place
              ? groupWord(t, place.group, published, unit)
              : t("noReason")}
        </span>
      )}
      {published && place && typeof place.inRangePercent === "number" && (
        <small className={classes.note}>
          {t("publishedInRange", {
            what: measureWord(t, "in-range", unit),
            percent: publishedValue("in-range", place.inRangePercent, row),
            count: place.days,
          })}
        </small>
      )}
      {place?.noEarlier && <small className={classes.note}>{t("noEarlier")}</small>}
      {nowMs - worklist.asOfMs > oldAfterMs && (
        <small className={classes.note}>
          {t("asOf", { age: formatAge(nowMs - worklist.asOfMs, language) })}
        </small>
      )}
    </>
  );
}
