import { useQuery } from "@tanstack/react-query";
import type { Patient } from "#contract/patient.ts";
import { formatPair } from "#words/list.ts";
import { formatAge } from "#words/time.ts";
import { worklistQueries } from "../api/worklist-acts.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import classes from "./patient-reasons.module.css";
import { wholeReasonText } from "./reason-words.ts";
import { Reasons } from "./reasons.tsx";

/** On a patient's own page: why the list names them, the most urgent in a line and the rest behind it. */
export function PatientReasons({ patient }: { patient: Patient }) {
  const t = useMessages("roster");
  const why = useMessages("roster", "why");
  const way = useMessages("patient", "way");
  const preferences = usePreferences();
  const nowMs = useNow();
  const { data, error } = useQuery(worklistQueries.reasons(patient.id));
  const line = useFailureLine(error);
  if (!data)
    return error ? (
      <p className={`${prose.fault} ${prose.small}`}>
        {formatPair(way("reasonsFailed"), line, preferences.language)}
      </p>
    ) : (
      <p className={`${classes.line} ${prose.dimmed}`} aria-busy="true">
        {way("reasonsComing")}
      </p>
    );
  const { worklist } = data;
  if (!worklist?.isRead && !worklist?.reasons.length)
    return <p className={classes.line}>{t("whyNotRead")}</p>;
  const row = { ...patient, ...data };
  const { reasons } = worklist;
  // As in the list: what too little data explains decides nothing.
  const first = reasons.find(({ explainedBy }) => explainedBy === undefined) ?? reasons[0];
  const all = <Reasons row={row} nowMs={nowMs} published={undefined} oldAfterMs={Number.POSITIVE_INFINITY} />;
  const age = formatAge(nowMs - worklist.asOfMs, preferences.language);
  const asOf = <small>{why("asOf", { age })}</small>;
  if (!first || reasons.length === 1)
    return (
      <div className={classes.line}>
        {first ? all : t("whyNone")}
        {asOf}
      </div>
    );
  const reason = wholeReasonText(first, row, { t: why, nowMs, ...preferences });
  return (
    <details className={classes.why}>
      <summary>
        {t("whyAndMore", { reason, count: reasons.length - 1 })} {asOf}
      </summary>
      {all}
    </details>
  );
}
