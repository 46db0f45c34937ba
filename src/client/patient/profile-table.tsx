import type { GlucoseProfile } from "#glucose/profile.ts";
import { formatGlucose } from "#glucose/units.ts";
import { percentileNames, timeOfDay } from "#report/patient/profile-words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { type Column, Table } from "../ui/table.tsx";
import classes from "./profile.module.css";

type Hour = GlucoseProfile["bins"][number] & { readonly key: string };

/** The profile's values hour by hour, for those who do not see its curve. */
export function ProfileTable({ profile }: { profile: GlucoseProfile }) {
  const t = useMessages("details");
  const { unit } = usePreferences();
  const hours = profile.bins.flatMap((bin) =>
    bin.minuteOfDay % 60 === 0 ? [{ ...bin, key: String(bin.minuteOfDay) }] : [],
  );
  const columns: Column<Hour>[] = [
    { key: "timeOfDay", title: t("timeOfDay"), cell: ({ minuteOfDay }) => timeOfDay(minuteOfDay) },
    ...percentileNames.map(
      (name): Column<Hour> => ({
        key: name,
        title: t(name),
        cell: ({ smooth }) => (smooth ? formatGlucose(smooth[name], unit) : "–"),
      }),
    ),
    { key: "n", title: t("readings"), cell: ({ n }) => n },
  ];
  return (
    <details className={classes.twin}>
      <summary>{t("profileTable")}</summary>
      <ScrollRegion label={t("profileTable")}>
        <Table columns={columns} rows={hours} />
      </ScrollRegion>
    </details>
  );
}
