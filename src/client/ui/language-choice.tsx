import { useState } from "react";
import type { Language } from "#words/language.ts";
import { useMessages } from "../i18n.ts";
import { setPreferences, usePreferences } from "../preferences.ts";
import classes from "./language-choice.module.css";
import { Segmented } from "./segmented.tsx";

export function LanguageChoice({ fullWidth = false }: { fullWidth?: boolean }) {
  const t = useMessages("ui", "display");
  const [isFailed, setIsFailed] = useState(false);
  const choose = (language: Language) => {
    setIsFailed(false);
    setPreferences({ language })?.catch(() => setIsFailed(true));
  };
  return (
    <>
      <Segmented<Language>
        size="xs"
        fullWidth={fullWidth}
        aria-label={t("language")}
        value={usePreferences().language}
        onChange={choose}
        options={[
          // Each in its own language, for people who cannot read the other.
          { value: "en", label: <span lang="en">English</span> },
          { value: "zh-CN", label: <span lang="zh-CN">中文</span> },
        ]}
      />
      {isFailed && (
        <p role="alert" className={classes.failed}>
          {t("languageFailed")}
        </p>
      )}
    </>
  );
}
