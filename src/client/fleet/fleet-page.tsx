import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { type FleetAnswer, fleetChoices, fleetEnds, fleetExtents, fleetGroupings } from "#contract/fleet.ts";
import { isEnough } from "#sensor/survival.ts";
import { formatDateTime } from "#words/time.ts";
import { fleetQueries } from "../api/fleet.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./fleet.module.css";
import { GroupTable } from "./group-table.tsx";
import { optionOf } from "./option.ts";
import { type Listed, SensorList } from "./sensor-list.tsx";
import { Wear } from "./wear.tsx";
import { formatCount, groupName, talliesOf } from "./words.ts";

/** What is looked at, all of it in the address. */
function useView() {
  const [search, setSearch] = useSearchParams();
  const set = (changes: Record<string, string | null>) =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries(changes))
          if (value === null) before.delete(name);
          else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const listed = search.get("sensors");
  return {
    by: fleetGroupings.find((one) => one === search.get("by")) ?? "lot",
    ends: fleetEnds.find((one) => one === search.get("ends")) ?? "any",
    extent: fleetExtents.find((one) => one === search.get("extent")) ?? "first",
    first: search.get("first"),
    second: search.get("second"),
    listed: listed === null ? null : toListed(listed),
    set,
  };
}

/** "ended 24 48 A12": a choice, its hours, and the group as `optionOf` has it. */
const fromListed = ({ choice, fromHours, toHours, option }: Listed): string =>
  `${choice} ${fromHours} ${toHours} ${option}`;

function toListed(text: string): Listed | null {
  const [, choice, from, to, option] = /^([a-z-]+) (\d{1,4}) (\d{1,4}) (.*)$/.exec(text) ?? [];
  const known = fleetChoices.find((one) => one === choice);
  if (!known || option === undefined) return null;
  return { choice: known, fromHours: Number(from), toHours: Number(to), option };
}

/** `/fleet`: how long sensors are worn and how their data comes, for everybody; no glucose. */
export function FleetPage() {
  const t = useMessages("fleet");
  const view = useView();
  const { data, error, refetch } = useQuery(fleetQueries.groups({ by: view.by, extent: view.extent }));
  const changeGroups = (by: string) =>
    view.set({ by, extent: null, first: null, second: null, sensors: null });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={classes.page}>
        <div className={classes.tools}>
          <SelectField
            label={t("groupBy")}
            value={view.by}
            onChange={(event) => changeGroups(event.currentTarget.value)}
            options={fleetGroupings.map((value) => ({
              value,
              label: t(value === "lot" || value === "gtin" ? `field.${value}` : `by.${value}`),
            }))}
          />
          <Segmented
            aria-label={t("endsLabel")}
            value={view.ends}
            onChange={(ends) => view.set({ ends, sensors: null })}
            options={fleetEnds.map((value) => ({ value, label: t(`ends.${value}`) }))}
          />
        </div>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height="24rem" label={t("loading")} />}
        {data && <Fleet data={data} view={view} />}
      </div>
    </Page>
  );
}

function Fleet({ data, view }: { data: FleetAnswer; view: ReturnType<typeof useView> }) {
  const t = useMessages("fleet");
  const { language } = usePreferences();
  const { by, ends, listed } = view;
  const { groups, others, asOfMs } = data;
  const sensors = groups.reduce((sum, group) => sum + group.sensors, 0) + others.sensors;
  const chosen = (option: string | null) => groups.find((group) => optionOf(group) === option);
  const first = chosen(view.first) ?? groups.find((group) => isEnough(talliesOf(group, ends))) ?? groups[0];
  const second = chosen(view.second);
  const list = (next: Listed | null) => view.set({ sensors: next && fromListed(next) });
  const options = groups.map((group) => ({
    value: optionOf(group),
    label: t("option", {
      name: groupName(t, by, group.key, language),
      sensors: formatCount(group.sensors, language),
    }),
  }));
  if (!first || sensors === 0)
    return (
      <Notice role="note" title={t("nobody")}>
        {t("nobodyYet")}
      </Notice>
    );
  return (
    <>
      <p>
        {t("asOf", {
          count: sensors,
          time: formatDateTime(asOfMs, viewerZone, language),
        })}
        {others.groups > 0 &&
          ` ${t("others", { count: others.groups, sensors: formatCount(others.sensors, language) })}`}
      </p>
      {others.groups > 0 && view.extent === "first" && (
        <div className={classes.tools}>
          <Button variant="default" size="compact-md" onClick={() => view.set({ extent: "all" })}>
            {t("showAll", { groups: formatCount(groups.length + others.groups, language) })}
          </Button>
        </div>
      )}
      <LeftOut groups={groups} />
      {by !== "all" && (
        <div className={classes.tools}>
          <SelectField
            label={t("first")}
            value={optionOf(first)}
            onChange={(event) => view.set({ first: event.currentTarget.value })}
            options={options}
          />
          <SelectField
            label={t("second")}
            value={second && second !== first ? optionOf(second) : ""}
            onChange={(event) => view.set({ second: event.currentTarget.value || null })}
            options={[
              { value: "", label: t("noSecond") },
              ...options.filter(({ value }) => value !== optionOf(first)),
            ]}
          />
        </div>
      )}
      <div className={classes.parts}>
        <Wear
          by={by}
          ends={ends}
          groups={second && second !== first ? [first, second] : [first]}
          onList={list}
        />
        <GroupTable by={by} ends={ends} groups={groups} onList={list} />
        {listed && (
          <SensorList
            key={fromListed(listed)}
            by={by}
            ends={ends}
            listed={listed}
            onClose={() => list(null)}
          />
        )}
      </div>
    </>
  );
}

/** Of the groups that are shown. */
function LeftOut({ groups }: Pick<FleetAnswer, "groups">) {
  const t = useMessages("fleet");
  const { language } = usePreferences();
  const counts = ["notAsked", "neverActivated", "unclear"] as const;
  const sums = counts.map((name) => groups.reduce((sum, group) => sum + group[name], 0));
  if (sums.every((sum) => sum === 0)) return null;
  const values = counts.map((name, index) => [name, formatCount(sums[index] ?? 0, language)]);
  return <p className={prose.note}>{t("leftOut", Object.fromEntries(values))}</p>;
}
