import { useQuery } from "@tanstack/react-query";
import type { LimitKey } from "#contract/limits.ts";
import type { publishedDays } from "#contract/worklist.ts";
import { nearLowMmolL, projectedStepMmolL } from "#glucose/now-state.ts";
import { formatGlucose } from "#glucose/units.ts";
import type { Rule } from "#glucose/worklists/published.ts";
import { surfTideFirstRanks, surfTideFlags, surfTideRules } from "#glucose/worklists/surf-tide.ts";
import { tideRules } from "#glucose/worklists/tide.ts";
import { tidepoolRulesOf } from "#glucose/worklists/tidepool.ts";
import { formatList } from "#words/list.ts";
import { limitsQuery } from "../api/limits.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { limitsSetWords, limitWords } from "../ui/limit-words.ts";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { groupWord, limitWord, measureWord } from "./published-words.ts";
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
  const t = useMessages("limits", "rules");
  const words = useMessages("limits");
  const why = useMessages("roster");
  const preferences = usePreferences();
  const { unit, language } = preferences;
  const role = useQuery(sessionQuery).data?.user.role;
  const { data, error, refetch } = useQuery(limitsQuery);
  if (!data)
    return error ? (
      <Failure error={error} title={words("failed")} onRetry={() => void refetch()} />
    ) : (
      <Loading height="12rem" label={t("loading")} />
    );
  const limit = (key: LimitKey) => <li>{limitWords(words, key, data.limits[key], preferences)}</li>;
  return (
    <>
      <p>{t("own")}</p>
      <h3>{t("inOrder")}</h3>
      <ol>
        <li>{t("now", { near: formatGlucose(nearLowMmolL, unit), unit })}</li>
        {limit("highForMin")}
        <li>{t("goalsLow")}</li>
        {limit("extendedLows")}
        {limit("nightsWithLows")}
        <li>{t("goals")}</li>
        {limit("fellByPoints")}
        <li>{t("data")}</li>
        {limit("endsWithinHours")}
        {limit("silencesAWeek")}
      </ol>
      <p>{t("lowOrder", { lowNow: why("lowNow") })}</p>
      <p>
        {limitsSetWords(words, data.set, language)}{" "}
        {role === "administrator" && (
          <Link className={`${prose.link} ${prose.underlined}`} to="/limits">
            {t("setLimits")}
          </Link>
        )}
      </p>
      <h3>{t("equals")}</h3>
      <p>{t("amongEquals", { step: formatGlucose(projectedStepMmolL, unit), unit })}</p>
      <h3>{t("later")}</h3>
      <p>{t("back")}</p>
      <h3>{t("marks")}</h3>
      <p>{t("borderline")}</p>
      <p>{t("explained")}</p>
      <h3>{t("columnsHead")}</h3>
      <p>{t("columns")}</p>
    </>
  );
}

const rulesIn = (sort: PublishedSort, days: (typeof publishedDays)[number]): readonly Rule<string>[] =>
  ({ tide: () => tideRules, "surf-tide": () => surfTideRules, tidepool: () => tidepoolRulesOf(days) })[
    sort
  ]();

function PublishedRules({ sort, days }: { sort: PublishedSort; days: (typeof publishedDays)[number] }) {
  const t = useMessages("limits", "rules");
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
