import type { publishedDays } from "#contract/worklist.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { nearLowMmolL } from "#glucose/now-state.ts";
import { usualLimits } from "#glucose/reasons.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import type { Rule } from "#glucose/worklists/published.ts";
import { surfTideFirstRanks, surfTideFlags, surfTideRules } from "#glucose/worklists/surf-tide.ts";
import { tideRules } from "#glucose/worklists/tide.ts";
import { tidepoolRulesOf } from "#glucose/worklists/tidepool.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatList } from "../ui/list.ts";
import { groupWord, limitWord, measureWord } from "./reason-words.ts";
import classes from "./roster.module.css";
import type { View } from "./view.ts";
import { type PublishedSort, publishedSortOf } from "./views.ts";

export interface ListRulesProps {
  view: View;
}

/** How the list on screen is made: the limits that are in force, in words. */
export function ListRules({ view }: ListRulesProps) {
  const published = publishedSortOf(view.sort);
  return (
    <div className={classes.rules}>
      {published ? <PublishedRules sort={published} days={view.days ?? 14} /> : <OwnRules />}
    </div>
  );
}

function OwnRules() {
  const t = useMessages("list-rules");
  const { unit } = usePreferences();
  const { highForMin, fellByPoints, nightsWithLows, extendedLows, silencesAWeek, endsWithinHours } =
    usualLimits;
  return (
    <>
      <p>{t("own")}</p>
      <ol>
        <li>
          {t("now", {
            near: formatGlucose(nearLowMmolL, unit),
            edge: formatEdge(edgesMmolL.veryHigh, unit),
            unit,
            hours: highForMin / 60,
          })}
        </li>
        <li>{t("goals")}</li>
        <li>{t("lows", { extended: extendedLows, nights: nightsWithLows })}</li>
        <li>{t("fell", { points: fellByPoints })}</li>
        <li>{t("data", { silences: silencesAWeek, hours: endsWithinHours })}</li>
      </ol>
      <p>{t("borderline")}</p>
      <p>{t("explained")}</p>
      <p>{t("columns")}</p>
    </>
  );
}

const rulesIn = (sort: PublishedSort, days: (typeof publishedDays)[number]): readonly Rule<string>[] =>
  ({ tide: () => tideRules, "surf-tide": () => surfTideRules, tidepool: () => tidepoolRulesOf(days) })[
    sort
  ]();

function PublishedRules({ sort, days }: { sort: PublishedSort; days: (typeof publishedDays)[number] }) {
  const t = useMessages("list-rules");
  const why = useMessages("roster", "why");
  const { language, unit } = usePreferences();
  const limits = ({ limits }: Pick<Rule<string>, "limits">) =>
    formatList(
      limits.map((limit) => `${measureWord(why, limit.measure, unit)} ${limitWord(why, limit)}`),
      language,
    );
  return (
    <>
      <p>{t(sort, { days, ranks: surfTideFirstRanks })}</p>
      {sort === "surf-tide" && (
        <ul>
          {surfTideFlags.map((rule) => (
            <li key={rule.key}>{limits(rule)}</li>
          ))}
        </ul>
      )}
      <ol>
        {rulesIn(sort, days).map((rule) => (
          <li key={rule.key}>
            {t("rule", { group: groupWord(why, rule.key, sort, unit), limits: limits(rule) })}
          </li>
        ))}
      </ol>
      <p>{t("publishedTraps")}</p>
    </>
  );
}
