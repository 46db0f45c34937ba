import type { Source, Targets } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Sentences } from "../ui/sentences.tsx";
import classes from "./time-in-ranges.module.css";

/**
 * What kind of numbers the range and its goals are and where they come from, and what
 * stands beside them without being judged.
 */
export function TargetBasis({ targets: { source, notes } }: { targets: Targets }) {
  const t = useMessages("patient", "page");
  const { unit } = usePreferences();
  const sourceWords = ({ kind, name }: Source) => t(`source-${kind}`, { name });
  return (
    <p className={classes.basis}>
      <Sentences>
        {source ? t("rangeSource", { source: sourceWords(source) }) : t("rangeOwn")}
        {notes.map(({ what, source: of }) => (
          <span key={what}>
            {t(what, {
              source: sourceWords(of),
              mean: `${formatEdge(6.1, unit)} ${unit}`,
              from: formatEdge(4.0, unit),
              to: `${formatEdge(5.9, unit)} ${unit}`,
            })}
          </span>
        ))}
      </Sentences>
    </p>
  );
}
