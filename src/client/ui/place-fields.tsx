import { Select } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useMemo, useRef, useState } from "react";
import { currentZoneName, hasSeveralZones, zoneFor, zonesOf } from "#contract/region.ts";
import { formatTime } from "#words/time.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { exactFirst, meantBy } from "./listed-match.ts";
import { regionName } from "./region.ts";
import { type Option, regionOptions, zoneOptions } from "./regions.ts";
import { Sentences } from "./sentences.tsx";

interface FieldProps {
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** So that typing replaces what is chosen instead of adding to it. */
const selectAll = (event: SyntheticEvent<HTMLInputElement>) => event.currentTarget.select();

interface ListedFieldProps extends FieldProps {
  label: string;
  description: ReactNode;
  groups: readonly { group: string; items: Option[] }[];
  search: string;
  onSearch: (text: string) => void;
}

/**
 * A choice from a list. Text that can only mean one entry is taken when the field is left. Other
 * text is not silently given up for the last choice: it stays and is said to be unknown, and the
 * value is empty until that is mended.
 */
function ListedField({ groups, value, error, onChange, search, onSearch, ...words }: ListedFieldProps) {
  const t = useMessages("ui", "place");
  const typed = useRef("");
  const [hasFocus, setHasFocus] = useState(false);
  const [unknown, setUnknown] = useState<string | null>(null);
  /** What stays in the field although it is no choice; the component itself would empty it. */
  const kept = useRef<string | null>(null);
  const items = groups.flatMap((group) => group.items);
  const choose = (code: string) => {
    kept.current = null;
    typed.current = "";
    setUnknown(null);
    onChange(code);
  };
  const leave = () => {
    const text = typed.current.trim();
    typed.current = "";
    if (text === "" || text === items.find((item) => item.value === value)?.label) return;
    const meant = meantBy(items, text);
    if (meant) {
      choose(meant.value);
      onSearch(meant.label);
      return;
    }
    kept.current = text;
    setUnknown(text);
    onChange("");
    onSearch(text);
  };
  /**
   * Enter chooses what is marked in the open list. Where nothing is, it
   * would send the form with the last choice.
   */
  const enter = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter" || typed.current.trim() === "") return;
    const isOpen = event.currentTarget.getAttribute("aria-expanded") === "true";
    if (isOpen && items.some(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase())))
      return;
    event.preventDefault();
    leave();
  };
  return (
    <Select
      {...words}
      required
      withAsterisk={false}
      searchable
      // The hundreds of entries are in the page only while one is at the field; the
      // arrows need them before the list opens.
      comboboxProps={{ keepMounted: hasFocus }}
      // Sent here by an error, one reads it first; a click, a letter or an arrow opens the list.
      openOnFocus={false}
      data={[...groups]}
      searchValue={search}
      onSearchChange={(text) => onSearch(text === "" && !value ? (kept.current ?? "") : text)}
      onInput={(event) => {
        kept.current = null;
        typed.current = event.currentTarget.value;
      }}
      value={value || null}
      onChange={(chosen) => choose(chosen ?? "")}
      filter={exactFirst}
      nothingFoundMessage={t("nothingFound")}
      // What was unknown is so no longer when the form itself has put a value here.
      error={unknown === null || value ? error : t("unknown", { text: unknown })}
      allowDeselect={false}
      selectFirstOptionOnChange
      onFocus={(event) => {
        setHasFocus(true);
        selectAll(event);
      }}
      onClick={selectAll}
      onBlur={() => {
        setHasFocus(false);
        leave();
      }}
      onKeyDownCapture={enter}
      autoComplete="off"
    />
  );
}

/** The common regions first. */
export function RegionField(props: FieldProps) {
  const t = useMessages("ui", "place");
  const { language } = usePreferences();
  const [search, setSearch] = useState("");
  const { common, others } = useMemo(() => regionOptions(language), [language]);
  return (
    <ListedField
      {...props}
      label={t("field.region")}
      description={t("regionHint")}
      groups={[
        { group: t("common"), items: common },
        { group: t("others"), items: others },
      ]}
      search={search}
      onSearch={setSearch}
    />
  );
}

export function ZoneField({ region, ...props }: FieldProps & { region: string }) {
  const t = useMessages("ui", "place");
  const { language } = usePreferences();
  const nowMs = useNow();
  const { value } = props;
  const [search, setSearch] = useState("");
  const { suggested, others } = useMemo(
    () => zoneOptions(region, value, (zone) => t("ownZone", { zone })),
    [region, value, t],
  );
  const zones = zonesOf(region);
  const isElsewhere = value !== "" && zones.length > 0 && !zones.includes(currentZoneName(value));
  const isAssumed = hasSeveralZones(region) && (value === "" || value === zoneFor(region));
  const there = value && t("timeThere", { time: formatTime(nowMs, value, language) });
  return (
    <ListedField
      {...props}
      label={t("field.timeZone")}
      description={
        <Sentences>
          {t("timeZoneHint")}
          {there}
          {isAssumed && <strong>{t("severalZones", { region: regionName(region, language) })}</strong>}
          {isElsewhere && <strong>{t("zoneElsewhere", { region: regionName(region, language) })}</strong>}
        </Sentences>
      }
      groups={[
        { group: t("suggested"), items: suggested },
        { group: t("others"), items: others },
      ]}
      search={search}
      onSearch={setSearch}
    />
  );
}
