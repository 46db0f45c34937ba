import { type MantineColorScheme, SegmentedControl, Text, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import type { GlucoseUnit } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { type Language, setPreferences, usePreferences } from "../preferences.ts";

interface ChoiceProps {
  fullWidth?: boolean;
}

export function LanguageChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  const [isFailed, setIsFailed] = useState(false);
  const choose = (language: Language) => {
    setIsFailed(false);
    setPreferences({ language })?.catch(() => setIsFailed(true));
  };
  return (
    <>
      <SegmentedControl<Language>
        size="xs"
        fullWidth={fullWidth}
        aria-label={t("language")}
        value={usePreferences().language}
        onChange={choose}
        data={[
          // Each in its own language, for people who cannot read the other.
          { value: "en", label: <span lang="en">English</span> },
          { value: "zh-CN", label: <span lang="zh-CN">中文</span> },
        ]}
      />
      {isFailed && (
        <Text role="alert" size="xs" c="red">
          {t("languageFailed")}
        </Text>
      )}
    </>
  );
}

export function UnitChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  return (
    <SegmentedControl<GlucoseUnit>
      size="xs"
      fullWidth={fullWidth}
      aria-label={t("unit")}
      value={usePreferences().unit}
      onChange={(unit) => setPreferences({ unit })}
      data={["mmol/L", "mg/dL"]}
    />
  );
}

/** Mantine keeps this one in local storage itself; public/color-scheme.js reads it before the first paint. */
export function SchemeChoice({ fullWidth = false }: ChoiceProps) {
  const t = useMessages("ui", "display");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<MantineColorScheme>
      size="xs"
      fullWidth={fullWidth}
      aria-label={t("scheme")}
      value={colorScheme}
      onChange={setColorScheme}
      data={[
        { value: "light", label: t("light") },
        { value: "auto", label: t("auto") },
        { value: "dark", label: t("dark") },
      ]}
    />
  );
}
