import { mostSaidCounted, type RecallQuestion } from "#contract/recalls.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import classes from "./recalls.module.css";

/** What a file says besides the serial numbers that are taken: its columns, and texts with their lines. */
export function SaidElsewhere({ said }: { said: NonNullable<RecallQuestion["said"]> }) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const column = ({ name, isSerials, values, more }: (typeof said.columns)[number]) => {
    const named = typeof name === "number" ? t("columnNumber", { number: name }) : name;
    if (isSerials) return t("serialColumn", { name: named });
    if (values.every((one) => one === "")) return t("columnOnly", { name: named });
    const given = values.map((one) => (one === "" ? t("columnNothing") : one));
    const further =
      more < mostSaidCounted ? t("moreValues", { count: more }) : t("manyMore", { count: more });
    return t("columnSays", {
      name: named,
      values: formatList(more > 0 ? [...given, further] : given, language),
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={classes.said} role="group" aria-label={t("elseAll")} tabIndex={0}>
      <ul>
        {said.columns.map((one) => (
          <li key={`${one.name} ${one.isSerials}`}>{column(one)}</li>
        ))}
        {said.moreColumns > 0 && <li>{t("moreColumns", { count: said.moreColumns })}</li>}
        {said.texts.map(({ line, text, more }) => (
          <li key={`${line} ${text}`}>
            {more > 0 ? t("textMore", { line, text, count: more }) : t("exampleLine", { line, text })}
          </li>
        ))}
        {said.moreTexts > 0 && (
          <li>
            {said.moreTexts < mostSaidCounted
              ? t("moreTexts", { count: said.moreTexts })
              : t("manyMore", { count: said.moreTexts })}
          </li>
        )}
      </ul>
    </div>
  );
}
