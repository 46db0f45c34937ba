import { type ImportJob, importOutcomes } from "#contract/import.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import { formatList } from "../ui/list.ts";
import prose from "../ui/prose.module.css";
import classes from "./imports.module.css";
import { kindOf } from "./words.ts";

/** How many rows there are of each kind; before it has run, what would become of them. */
export function Counts({ job: { counts, noted, state } }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(language);
  const always: readonly string[] = state === "checked" ? ["new", "here", "wrong"] : ["registered"];
  const shown = importOutcomes.filter((outcome) => counts[outcome] > 0 || always.includes(outcome));
  return (
    <ul className={classes.counts}>
      {shown.map((outcome) => (
        <li
          key={outcome}
          data-failed={((outcome === "wrong" || outcome === "failed") && counts[outcome] > 0) || undefined}
        >
          {t(`count_${kindOf(outcome, state)}`, {
            count: counts[outcome],
            n: number.format(counts[outcome]),
          })}
        </li>
      ))}
      {noted > 0 && <li data-noted>{t("noted", { count: noted, n: number.format(noted) })}</li>}
    </ul>
  );
}

/** How the file was read: a wrong guess shows itself here and in the names below. */
export function Facts({
  job: { encoding, delimiter, columns, state, regionsAssumed, duplicates },
}: {
  job: ImportJob;
}) {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  const fields = useMessages("imports", "file");
  const ignored = columns.filter(({ field }) => field === null);
  return (
    <section>
      <h2 className={layout.belowSm}>{t("facts")}</h2>
      <dl className={classes.facts}>
        <dt>{t("encoding")}</dt>
        <dd>{t(`encoding-${encoding}`)}</dd>
        <dt>{t("delimiter")}</dt>
        <dd>{t(`delimiter-${delimiter}`)}</dd>
        <dt>{t("columns")}</dt>
        <dd>
          {columns
            .flatMap(({ header, field }) => (field ? `${fields(`field.${field}`)} ← ${header}` : []))
            .join(" · ")}
        </dd>
        <dt>{t("ignored")}</dt>
        <dd>
          {formatList(
            ignored.map(({ header }) => header || t("unnamed")),
            language,
          ) || t("none")}
        </dd>
      </dl>
      {state === "checked" && !columns.some(({ field }) => field === "region") && (
        <p className={`${prose.strong} ${layout.aboveSm}`}>{t("noRegions")}</p>
      )}
      {state === "checked" && regionsAssumed > 0 && (
        <p className={`${prose.strong} ${layout.aboveSm}`}>
          {t("regionsAssumed", {
            count: regionsAssumed,
            n: new Intl.NumberFormat(language).format(regionsAssumed),
          })}
        </p>
      )}
      {state === "checked" && duplicates > 0 && (
        <p className={`${layout.aboveSm} ${prose.strong}`}>
          {t("duplicates", { count: duplicates, n: new Intl.NumberFormat(language).format(duplicates) })}
        </p>
      )}
      {state === "checked" && <p className={layout.aboveSm}>{t("lookAtNames")}</p>}
    </section>
  );
}
