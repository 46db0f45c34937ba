import { Button, NativeSelect, Switch } from "@mantine/core";
import { useState } from "react";
import { type RosterFacets, type RosterFilter, recencies, sensorStates, stages } from "#contract/roster.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatAside } from "../ui/list.ts";
import { regionName } from "../ui/region.ts";
import classes from "./roster.module.css";
import { countFilters, orders, type View } from "./view.ts";

interface FilterBarProps {
  view: View;
  facets: RosterFacets | null;
  onChange: (view: View) => void;
}

/** What to narrow the list to, and its order. Folded away on a narrow screen until asked for. */
export function FilterBar({ view, facets, onChange }: FilterBarProps) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { filter } = view;
  const active = countFilters(view);
  const narrow = (change: Partial<RosterFilter>) => onChange({ ...view, filter: { ...filter, ...change } });
  const choice = (
    name: "region" | "stage" | "recency" | "sensor" | "tag",
    options: readonly { value: string; label: string }[],
  ) => (
    <NativeSelect
      size="xs"
      label={t(`filter-${name}`)}
      value={filter[name] ?? ""}
      data={[{ value: "", label: t("any") }, ...options]}
      data-active={filter[name] !== undefined}
      onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
    />
  );
  // What the address names is offered even when nobody has it any more.
  const withChosen = <T extends { value: string; label: string }>(
    options: readonly T[],
    chosen: string | undefined,
  ) =>
    chosen && !options.some(({ value }) => value === chosen)
      ? [...options, { value: chosen, label: chosen }]
      : options;
  return (
    <>
      <Button
        className={classes.fold ?? ""}
        variant="default"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {active > 0 ? t("filtersActive", { count: active }) : t("filters")}
      </Button>
      <div className={classes.filters} data-open={open}>
        {choice(
          "region",
          withChosen(
            (facets?.regions ?? []).map(({ region, count }) => ({
              value: region,
              label: formatAside(regionName(region, language), count, language),
            })),
            filter.region,
          ),
        )}
        {choice(
          "stage",
          [...stages, "unchecked" as const].map((value) => ({ value, label: t(`stage-${value}`) })),
        )}
        {choice(
          "recency",
          recencies.map((value) => ({ value, label: t(`recency-${value}`) })),
        )}
        {choice(
          "sensor",
          sensorStates.map((value) => ({ value, label: t(`sensor-${value}`) })),
        )}
        {((facets?.tags.length ?? 0) > 0 || filter.tag) &&
          choice(
            "tag",
            withChosen(
              (facets?.tags ?? []).map(({ tag, count }) => ({
                value: tag,
                label: formatAside(tag, count, language),
              })),
              filter.tag,
            ),
          )}
        <NativeSelect
          size="xs"
          className={classes.order ?? ""}
          label={t("order")}
          value={`${view.sort}${view.down ? "-down" : ""}`}
          data={orders.map((value) => ({ value, label: t(`order-${value}`) }))}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const sort = value.replace(/-down$/, "") as View["sort"];
            onChange({ ...view, sort, down: value.endsWith("-down") });
          }}
        />
        <div className={classes.switches}>
          <Switch
            size="sm"
            label={t("mine")}
            checked={filter.mine ?? false}
            onChange={(event) => narrow({ mine: event.currentTarget.checked || undefined })}
          />
          <Switch
            size="sm"
            label={t("archived", { shown: new Intl.NumberFormat(language).format(facets?.archived ?? 0) })}
            checked={filter.archived ?? false}
            onChange={(event) => narrow({ archived: event.currentTarget.checked || undefined })}
          />
        </div>
      </div>
    </>
  );
}
