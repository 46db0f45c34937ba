import type { GlucoseUnit } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { setPreferences, usePreferences } from "../preferences.ts";
import { type ColorScheme, setColorScheme, useColorScheme } from "./color-scheme.ts";
import { Segmented } from "./segmented.tsx";
import { Switch } from "./switch.tsx";

interface ChoiceProps {
  fullWidth?: boolean;
}

export function UnitChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  return (
    <Segmented<GlucoseUnit>
      size="xs"
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

export function SchemeChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  return (
    <Segmented<ColorScheme>
      size="xs"
      fullWidth={fullWidth}
      aria-label={t("scheme")}
      value={useColorScheme()}
      onChange={setColorScheme}
      options={[
        { value: "light", label: t("light") },
        { value: "auto", label: t("auto") },
        { value: "dark", label: t("dark") },
      ]}
    />
  );
}

/** Keys without Ctrl or Alt get in the way of who speaks to the computer. */
export function SingleKeysChoice() {
  const t = useMessages("ui", "display");
  return (
    <Switch
      label={t("singleKeys")}
      checked={usePreferences().singleKeys}
      onChange={(event) => void setPreferences({ singleKeys: event.currentTarget.checked })}
    />
  );
}
