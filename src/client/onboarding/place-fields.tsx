import { Select } from "@mantine/core";
import { type SyntheticEvent, useMemo, useState } from "react";
import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { formatTime } from "../ui/time.ts";
import { useOnboardingMessages } from "./messages.ts";
import { regionOptions, zoneOptions } from "./regions.ts";

interface FieldProps {
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** So that typing replaces what is chosen instead of adding to it. */
const selectAll = (event: SyntheticEvent<HTMLInputElement>) => event.currentTarget.select();

/** The common regions first; any two letters may be typed. */
export function RegionField({ value, error, onChange }: FieldProps) {
  const t = useOnboardingMessages();
  const { language } = usePreferences();
  const [search, setSearch] = useState("");
  const { common, others } = useMemo(() => regionOptions(language), [language]);
  const listed = [...common, ...others].map((option) => option.value);
  const typed = /^[A-Za-z]{2}$/.test(search.trim()) ? [search.trim().toUpperCase()] : [];
  const extra = [...new Set([...typed, value])].filter((code) => code && !listed.includes(code));
  return (
    <Select
      label={t("region")}
      description={t("regionHint")}
      required
      withAsterisk={false}
      searchable
      data={[
        { group: t("common"), items: common },
        { group: t("others"), items: [...extra.map((code) => ({ value: code, label: code })), ...others] },
      ]}
      searchValue={search}
      onSearchChange={setSearch}
      value={value || null}
      onChange={(region) => onChange(region ?? "")}
      nothingFoundMessage={t("nothingFound")}
      error={error}
      allowDeselect={false}
      selectFirstOptionOnChange
      onFocus={selectAll}
      onClick={selectAll}
      autoComplete="off"
    />
  );
}

export function ZoneField({ region, value, error, onChange }: FieldProps & { region: string }) {
  const t = useOnboardingMessages();
  const { language } = usePreferences();
  const nowMs = useNow();
  const { suggested, others } = useMemo(
    () => zoneOptions(region, value, (zone) => t("ownZone", { zone })),
    [region, value, t],
  );
  const there = value && t("timeThere", { time: formatTime(nowMs, value, language) });
  return (
    <Select
      label={t("timeZone")}
      description={`${t("timeZoneHint")} ${there}`}
      required
      withAsterisk={false}
      searchable
      data={[
        { group: t("suggested"), items: suggested },
        { group: t("others"), items: others },
      ]}
      value={value || null}
      onChange={(zone) => onChange(zone ?? "")}
      nothingFoundMessage={t("nothingFound")}
      error={error}
      allowDeselect={false}
      selectFirstOptionOnChange
      onFocus={selectAll}
      onClick={selectAll}
      autoComplete="off"
    />
  );
}
