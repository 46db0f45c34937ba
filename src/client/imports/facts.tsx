import { useMutation } from "@tanstack/react-query";
import { type ImportJob, importOutcomes } from "#contract/import.ts";
import { formatList } from "#words/list.ts";
import { importMutations } from "../api/imports.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import classes from "./imports.module.css";
import { kindOf } from "./words.ts";

/** How many rows there are of each kind; before it has run, what would become of them. */
export function Counts({ job: { counts, noted, state, duplicates } }: { job: ImportJob }) {
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
          {t(
            state === "checked" && outcome === "new" && duplicates > 0
              ? "newPerhaps"
              : `count_${kindOf(outcome, state)}`,
            {
              count: counts[outcome],
              n: number.format(counts[outcome]),
              perhaps: number.format(duplicates),
            },
          )}
        </li>
      ))}
      {noted > 0 && <li data-noted>{t("noted", { count: noted, n: number.format(noted) })}</li>}
    </ul>
  );
}

/** How the file was read: a wrong guess shows itself here and in the names below. */
export function Facts({
  job: { id, encoding, delimiter, columns, state, regionsAssumed, duplicates },
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
      {state === "checked" && duplicates > 0 && <Duplicates id={id} count={duplicates} />}
      {state === "checked" && <p className={layout.aboveSm}>{t("lookAtNames")}</p>}
    </section>
  );
}

/** That some are likely known already, and the way to leave all of them out. */
function Duplicates({ id, count }: { id: string; count: number }) {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  const leaveOut = useMutation(importMutations.leaveOut(id));
  const n = new Intl.NumberFormat(language).format(count);
  return (
    <div className={layout.aboveSm}>
      <p className={prose.strong}>{t("duplicates", { count, n })}</p>
      <Button
        size="xs"
        variant="default"
        loading={leaveOut.isPending}
        onClick={() => leaveOut.mutate({ rows: "duplicates", isLeftOut: true })}
      >
        {t("leaveOutDuplicates", { count, n })}
      </Button>
      {leaveOut.error && <Failure error={leaveOut.error} title={t("actionFailed")} />}
    </div>
  );
}
