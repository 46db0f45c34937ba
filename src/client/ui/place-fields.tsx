import { Select } from "@mantine/core";
import { type SyntheticEvent, useMemo, useRef, useState } from "react";
import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { usePlaceMessages } from "./place-messages.ts";
import { type Option, regionOptions, zoneOptions } from "./regions.ts";
import { formatTime } from "./time.ts";

interface FieldProps {
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** So that typing replaces what is chosen instead of adding to it. */
const selectAll = (event: SyntheticEvent<HTMLInputElement>) => event.currentTarget.select();

interface ListedFieldProps extends FieldProps {
  label: string;
  description: string;
  groups: readonly { group: string; items: Option[] }[];
  search: string;
  onSearch: (text: string) => void;
}

/** A choice from a list. Text that is in no list is not silently given up for the last choice: it stays and is said to be unknown. */
function ListedField({ groups, value, error, onChange, search, onSearch, ...words }: ListedFieldProps) {
  const t = usePlaceMessages();
  const typed = useRef("");
  const [unknown, setUnknown] = useState<string | null>(null);
  /** What stays in the field although it is no choice; the component itself would empty it. */
  const kept = useRef<string | null>(null);
  const labelOf = (code: string) =>
    groups.flatMap(({ items }) => items).find((item) => item.value === code)?.label ?? "";
  const leave = () => {
    const text = typed.current.trim();
    typed.current = "";
    if (text === "" || text === labelOf(value)) return;
    kept.current = text;
    setUnknown(text);
    onChange("");
    onSearch(text);
  };
  return (
    <Select
      {...words}
      required
      withAsterisk={false}
      searchable
      data={[...groups]}
      searchValue={search}
      onSearchChange={(text) => onSearch(text === "" ? (kept.current ?? "") : text)}
      onInput={(event) => {
        kept.current = null;
        typed.current = event.currentTarget.value;
      }}
      value={value || null}
      onChange={(chosen) => {
        kept.current = null;
        typed.current = "";
        setUnknown(null);
        onChange(chosen ?? "");
      }}
      nothingFoundMessage={t("nothingFound")}
      error={unknown === null ? error : t("unknown", { text: unknown })}
      allowDeselect={false}
      selectFirstOptionOnChange
      onFocus={selectAll}
      onClick={selectAll}
      onBlur={leave}
      autoComplete="off"
    />
  );
}

/** The common regions first; any two letters may be typed. */
export function RegionField(props: FieldProps) {
  const t = usePlaceMessages();
  const { language } = usePreferences();
  const [search, setSearch] = useState("");
  const { common, others } = useMemo(() => regionOptions(language), [language]);
  const listed = [...common, ...others].map((option) => option.value);
  const typed = /^[A-Za-z]{2}$/.test(search.trim()) ? [search.trim().toUpperCase()] : [];
  const extra = [...new Set([...typed, props.value])].filter((code) => code && !listed.includes(code));
  return (
    <ListedField
      {...props}
      label={t("region")}
      description={t("regionHint")}
      groups={[
        { group: t("common"), items: common },
        { group: t("others"), items: [...extra.map((code) => ({ value: code, label: code })), ...others] },
      ]}
      search={search}
      onSearch={setSearch}
    />
  );
}

export function ZoneField({ region, ...props }: FieldProps & { region: string }) {
  const t = usePlaceMessages();
  const { language } = usePreferences();
  const nowMs = useNow();
  const { value } = props;
  const [search, setSearch] = useState("");
  const { suggested, others } = useMemo(
    () => zoneOptions(region, value, (zone) => t("ownZone", { zone })),
    [region, value, t],
  );
  const there = value && t("timeThere", { time: formatTime(nowMs, value, language) });
  return (
    <ListedField
      {...props}
      label={t("timeZone")}
      description={`${t("timeZoneHint")} ${there}`}
      groups={[
        { group: t("suggested"), items: suggested },
        { group: t("others"), items: others },
      ]}
      search={search}
      onSearch={setSearch}
    />
  );
}
