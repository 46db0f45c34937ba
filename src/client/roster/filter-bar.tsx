import type { RosterFacets } from "#contract/roster.ts";
import type { RosterFilter } from "#contract/roster-query.ts";
import { recencies, sensorStates, stages } from "#contract/roster-view.ts";
import { publishedDays, rowStates } from "#contract/worklist.ts";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { formatAside } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { regionName } from "../ui/region.ts";
import { SelectField } from "../ui/select-field.tsx";
import { Switch } from "../ui/switch.tsx";
import classes from "./roster.module.css";
import type { View } from "./view.ts";
import { orders, publishedSorts } from "./views.ts";
import { orderOf, orderWord, sensorStateWord } from "./words.ts";

interface FilterBarProps {
  view: View;
  facets: RosterFacets | null;
  /** Also on a narrow screen. */
  isOpen: boolean;
  onChange: (view: View) => void;
}

/** What to narrow the list to, and its order. Folded away on a narrow screen until asked for. */
export function FilterBar({ view, facets, isOpen, onChange }: FilterBarProps) {
  const { filter } = view;
  const narrow = (change: Partial<RosterFilter>) => onChange({ ...view, filter: { ...filter, ...change } });
  return (
    <div className={classes.filters} data-open={isOpen}>
      <Choices filter={filter} facets={facets} onChange={narrow} />
      <OrderChoice view={view} onChange={onChange} />
      <Switches filter={filter} facets={facets} onChange={narrow} />
    </div>
  );
}

interface Option {
  value: string;
  label: string;
}

/** What the address names is offered even when nobody has it any more. */
const withChosen = (options: readonly Option[], chosen: string | undefined): readonly Option[] =>
  chosen && !options.some(({ value }) => value === chosen)
    ? [...options, { value: chosen, label: chosen }]
    : options;

interface ChoicesProps {
  filter: RosterFilter;
  facets: RosterFacets | null;
  onChange: (change: Partial<RosterFilter>) => void;
}

function Choices({ filter, facets, onChange }: ChoicesProps) {
  const t = useMessages("roster", "why");
  const { language } = usePreferences();
  const choice = (
    name: "reason" | "state" | "region" | "stage" | "recency" | "sensor" | "tag",
    label: string,
    options: readonly Option[],
  ) => (
    <SelectField
      size="xs"
      label={label}
      value={filter[name] ?? ""}
      options={[{ value: "", label: t("any") }, ...options]}
      className={filter[name] === undefined ? "" : classes.active}
      onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
    />
  );
  const regions = (facets?.regions ?? []).map(({ region, count }) => ({
    value: region,
    label: formatAside(regionName(region, language), count, language),
  }));
  const tags = (facets?.tags ?? []).map(({ tag, count }) => ({
    value: tag,
    label: formatAside(tag, count, language),
  }));
  return (
    <>
      {choice(
        "reason",
        t("field.reason"),
        reasonKeys.map((value) => ({ value, label: t(`reason-${value}`) })),
      )}
      {choice(
        "state",
        t("filter-state"),
        rowStates.map((value) => ({ value, label: t(`state-${value}`) })),
      )}
      {choice("region", t("field.region"), withChosen(regions, filter.region))}
      {choice(
        "stage",
        t("filter-stage"),
        [...stages, "unchecked" as const].map((value) => ({ value, label: t(`stage-${value}`) })),
      )}
      {choice(
        "recency",
        t("lastReading"),
        recencies.map((value) => ({ value, label: t(`recency-${value}`) })),
      )}
      {choice(
        "sensor",
        t("sensor"),
        sensorStates.map((value) => ({ value, label: sensorStateWord(t, value) })),
      )}
      {(tags.length > 0 || filter.tag) && choice("tag", t("filter-tag"), withChosen(tags, filter.tag))}
    </>
  );
}

function OrderChoice({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const t = useMessages("roster");
  return (
    <>
      <SelectField
        size="xs"
        className={classes.order}
        label={t("order")}
        value={orderOf(view)}
        options={[...orders, ...publishedSorts].map((value) => ({ value, label: orderWord(t, value) }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const sort = value.replace(/-down$/, "") as View["sort"];
          onChange({ ...view, sort, down: value.endsWith("-down") });
        }}
      />
      {view.sort === "tidepool" && (
        <SelectField
          size="xs"
          label={t("period")}
          value={String(view.days ?? 14)}
          options={publishedDays.map((count) => ({ value: String(count), label: t("lastDays", { count }) }))}
          onChange={(event) => {
            const days = publishedDays.find((count) => String(count) === event.currentTarget.value);
            onChange({ ...view, days });
          }}
        />
      )}
    </>
  );
}

function Switches({ filter, facets, onChange }: ChoicesProps) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(language);
  const shown = (count: number | undefined) => number.format(count ?? 0);
  /** Of those who are read: before all of them are, nobody knows of the others. */
  const counted = (what: "lowNow" | "wentVeryLow") => {
    if (!facets) return t(what);
    const { unchecked, total } = facets;
    if (unchecked === 0) return t(`${what}Count`, { shown: number.format(facets[what]) });
    return t("countOfRead", {
      what: t(what),
      shown: number.format(facets[what]),
      read: number.format(total - unchecked),
      total: number.format(total),
    });
  };
  return (
    <div className={classes.switches}>
      <Switch
        label={counted("lowNow")}
        checked={filter.lowNow ?? false}
        onChange={(event) => onChange({ lowNow: event.currentTarget.checked || undefined })}
      />
      <Switch
        label={counted("wentVeryLow")}
        checked={filter.wentVeryLow ?? false}
        onChange={(event) => onChange({ wentVeryLow: event.currentTarget.checked || undefined })}
      />
      <Switch
        label={t("mine")}
        checked={filter.mine ?? false}
        onChange={(event) => onChange({ mine: event.currentTarget.checked || undefined })}
      />
      <Switch
        label={t("archived", { shown: shown(facets?.archived) })}
        checked={filter.archived ?? false}
        onChange={(event) => onChange({ archived: event.currentTarget.checked || undefined })}
      />
    </div>
  );
}
