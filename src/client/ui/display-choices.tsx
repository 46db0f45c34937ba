import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import type { GlucoseUnit } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { setPreferences, usePreferences } from "../preferences.ts";
import { Segmented } from "./segmented.tsx";

interface ChoiceProps {
  fullWidth?: boolean;
}

export function UnitChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  return (
    <Segmented<GlucoseUnit>
      fullWidth={fullWidth}
      aria-label={t("unit")}
      value={usePreferences().unit}
      onChange={(unit) => setPreferences({ unit })}
      options={[
        { value: "mmol/L", label: "mmol/L" },
        { value: "mg/dL", label: "mg/dL" },
      ]}
    />
  );
}

/** Mantine keeps this one in local storage itself; public/color-scheme.js reads it before the first paint. */
export function SchemeChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Segmented<MantineColorScheme>
      fullWidth={fullWidth}
      aria-label={t("scheme")}
      value={colorScheme}
      onChange={setColorScheme}
      options={[
        { value: "light", label: t("light") },
        { value: "auto", label: t("auto") },
        { value: "dark", label: t("dark") },
      ]}
    />
  );
}
