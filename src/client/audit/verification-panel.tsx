import { useQuery } from "@tanstack/react-query";
import type { AuditFault, AuditSpan, AuditVerification } from "#contract/audit.ts";
import { formatList } from "#words/list.ts";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import classes from "./audit.module.css";
import { useEntryWords } from "./words.ts";

/** So many are read in a second or two; a longer trail is verified when somebody asks for it. */
const mostByItself = 50_000;
const shownFaults = 20;
const shownMac = 24;

/** Whether anything was removed from the trail or altered in it, said when the page opens and when asked. */
export function VerificationPanel() {
  const t = useMessages("audit", "trail");
  const { number } = useEntryWords();
  const rows = useQuery(auditQueries.choices).data?.rows;
  const { data, error, isFetching, refetch } = useQuery({
    ...auditQueries.verification,
    enabled: rows !== undefined && rows <= mostByItself,
  });
  return (
    <section aria-labelledby="verification" className={classes.panel}>
      <div className={`${layout.row} ${layout.belowXs}`}>
        <h2 className={prose.lesser} id="verification">
          {t("verification")}
        </h2>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t("verify")}
        </Button>
      </div>
      <div role="status">
        {error && !isFetching && <Failure error={error} title={t("verifyFailed")} />}
        {isFetching && !data && <p className={prose.dimmed}>{t("verifying")}</p>}
        {!data && !error && !isFetching && rows !== undefined && rows > mostByItself && (
          <p className={prose.dimmed}>{t("unverified", { rows: number(rows) })}</p>
        )}
        {data && !error && <Result result={data} />}
      </div>
    </section>
  );
}

const colors = { whole: "teal", "in-part": "yellow", broken: "red" } as const;

function verdictOf({ faultCount, uncheckedRows }: AuditVerification): keyof typeof colors {
  if (faultCount > 0) return "broken";
  return uncheckedRows > 0 ? "in-part" : "whole";
}

/** Spans of rows in words. */
function useSpanWords() {
  const t = useMessages("audit", "trail");
  const { number } = useEntryWords();
  return ({ fromSeq, toSeq }: AuditSpan) =>
    fromSeq === toSeq
      ? t("row", { from: number(fromSeq) })
      : t("rows", { from: number(fromSeq), to: number(toSeq) });
}

function Unchecked({ spans }: { spans: readonly AuditSpan[] }) {
  const t = useMessages("audit", "trail");
  const spanWords = useSpanWords();
  const { language } = usePreferences();
  if (spans.length === 0) return null;
  return (
    <p className={prose.small}>{t("unchecked", { rows: formatList(spans.map(spanWords), language) })}</p>
  );
}

function Result({ result }: { result: AuditVerification }) {
  const t = useMessages("audit", "trail");
  const { at, number } = useEntryWords();
  const { rows, sinceMs, beganAtMs, beforeChain, pruned, lastSeq, lastMac, faults, faultCount, atMs } =
    result;
  const verdict = verdictOf(result);
  const title = {
    whole: () => t("complete", { date: at(sinceMs ?? beganAtMs ?? atMs) }),
    "in-part": () => t("uncheckedTitle"),
    broken: () => t("broken", { count: faultCount }),
  };
  return (
    <Notice role="note" color={colors[verdict]} title={title[verdict]()}>
      {verdict === "whole" && <p className={prose.small}>{t("completeRows", { count: rows })}</p>}
      {verdict === "broken" && <Faults faults={faults} count={faultCount} />}
      <Unchecked spans={result.unchecked} />
      {verdict === "in-part" && <p className={prose.small}>{t("checkedElse")}</p>}
      <p className={prose.note}>{t("checkedAt", { date: at(atMs) })}</p>
      <details className={folded.folded}>
        <summary>{t("proof")}</summary>
        {pruned && (
          <p className={prose.small}>
            {t("prunedUntil", { seq: number(pruned.throughSeq), date: at(pruned.untilMs) })}
          </p>
        )}
        {beforeChain > (pruned?.throughSeq ?? 0) && beganAtMs !== null && (
          <p className={prose.small}>
            {t("beforeChain", { rows: number(beforeChain - (pruned?.throughSeq ?? 0)), date: at(beganAtMs) })}
          </p>
        )}
        <p className={`${prose.small} ${classes.last}`}>
          {t("last", { seq: number(lastSeq), mac: lastMac.slice(0, shownMac) })}
        </p>
      </details>
    </Notice>
  );
}

function Faults({ faults, count }: { faults: readonly AuditFault[]; count: number }) {
  const t = useMessages("audit", "trail");
  const rowsOf = useSpanWords();
  const shown = faults.slice(0, shownFaults);
  return (
    <ul className={classes.faults}>
      {shown.map((fault) => (
        <li key={`${fault.kind} ${fault.fromSeq}`}>{t(`fault-${fault.kind}`, { rows: rowsOf(fault) })}</li>
      ))}
      {count > shown.length && <li>{t("more", { count: count - shown.length })}</li>}
    </ul>
  );
}
