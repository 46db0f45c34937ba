import { useMutation, useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, type RefObject, useMemo, useRef, useState } from "react";
import type { IdentityField } from "#contract/identity.ts";
import { type ImportJob, type ImportRow, importOutcomes } from "#contract/import.ts";
import { formatAside } from "#words/list.ts";
import { importMutations, importQueries, type RowFilter, rowsPerPage } from "../api/imports.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import cards from "../ui/cards.module.css";
import { Failure } from "../ui/failure.tsx";
import { useIdentityValues } from "../ui/identity-values.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { SelectField } from "../ui/select-field.tsx";
import classes from "./imports.module.css";
import { identityColumnsOf, kindOf, useRowWords } from "./words.ts";

const rowHeight = 36;
const otherColumns = 7;

/** The file's rows, of all kinds or of one. */
export function RowsTable({ job }: { job: ImportJob }) {
  const [outcome, setOutcome] = useState<RowFilter>(null);
  const scroll = useRef<HTMLDivElement>(null);
  return (
    <div>
      <OutcomeChoice
        job={job}
        outcome={outcome}
        onChoose={(chosen) => {
          setOutcome(chosen);
          if (scroll.current) scroll.current.scrollTop = 0;
        }}
      />
      <RowsInView job={job} outcome={outcome} scroll={scroll} />
    </div>
  );
}

const countsOf = ({ counts, noted }: ImportJob) => ({ ...counts, noted });

interface OutcomeChoiceProps {
  job: ImportJob;
  outcome: RowFilter;
  onChoose: (outcome: RowFilter) => void;
}

function OutcomeChoice({ job, outcome, onChoose }: OutcomeChoiceProps) {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(language);
  const counts = countsOf(job);
  const choices = ([...importOutcomes, "noted"] as const).filter((one) => counts[one] > 0 || one === outcome);
  return (
    <SelectField
      className={`${layout.belowSm} ${classes.outcome}`}
      label={t("action.show")}
      value={outcome ?? ""}
      onChange={(event) => onChoose(choices.find((one) => one === event.currentTarget.value) ?? null)}
      options={[
        { value: "", label: formatAside(t("all"), number.format(job.total), language) },
        ...choices.map((value) => ({
          value,
          label: formatAside(
            t(`filter-${value === "noted" ? value : kindOf(value, job.state)}`),
            number.format(counts[value]),
            language,
          ),
        })),
      ]}
    />
  );
}

interface RowsInViewProps {
  job: ImportJob;
  outcome: RowFilter;
  scroll: RefObject<HTMLDivElement | null>;
}

/** Only the pages in view are asked for. */
function RowsInView({ job, outcome, scroll }: RowsInViewProps) {
  const t = useMessages("imports", "job");
  const fields = useMessages("imports", "file");
  const { id, state } = job;
  const known = useMemo(() => identityColumnsOf(job), [job]);
  const count = outcome ? countsOf(job)[outcome] : job.total;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.map(({ index }) => Math.floor(index / rowsPerPage)))];
  const answers = useQueries({
    queries: pages.map((page) => importQueries.rows(id, outcome, page, state === "running")),
  });
  const failed = answers.find(({ error, data }) => error && !data);
  const rowAt = (index: number) =>
    answers[pages.indexOf(Math.floor(index / rowsPerPage))]?.data?.rows[index % rowsPerPage];
  return (
    <>
      {failed && (
        <Failure error={failed.error} title={t("rowsFailed")} onRetry={() => void failed.refetch()} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={scroll} className={classes.scroll} tabIndex={0}>
        <table
          className={`${classes.table} ${cards.cards}`}
          aria-label={t("table")}
          aria-rowcount={count + 1}
        >
          <thead>
            <tr>
              <th scope="col">{t("row")}</th>
              <th scope="col">{fields("field.partnerUid")}</th>
              <th scope="col">{fields("field.name")}</th>
              <th scope="col">{t("outcome")}</th>
              <th scope="col">{fields("field.region")}</th>
              <th scope="col">{fields("field.timeZone")}</th>
              <th scope="col">{fields("field.tags")}</th>
              {known.map((field) => (
                <th key={field} scope="col">
                  {fields(`field.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr style={{ height: items[0]?.start ?? 0 }} />
            {items.map(({ index }) => (
              <Row
                key={index}
                ref={virtual.measureElement}
                index={index}
                row={rowAt(index)}
                id={id}
                state={state}
                known={known}
              />
            ))}
            <tr style={{ height: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) }} />
          </tbody>
        </table>
      </div>
    </>
  );
}

/** It goes through, but somebody should look at it. */
const isNoted = ({ outcome, reason, nameHere, duplicate }: ImportRow) =>
  outcome !== "wrong" &&
  outcome !== "left-out" &&
  (reason !== null || nameHere !== null || duplicate !== null);

/** Leaves one row out before the file runs, or takes it in again. */
function LeaveOutButton({ id, row: { row, outcome } }: { id: string; row: ImportRow }) {
  const t = useMessages("imports", "job");
  const leaveOut = useMutation(importMutations.leaveOut(id));
  const isLeftOut = outcome === "left-out";
  const action = t(isLeftOut ? "takeIn" : "leaveOut");
  return (
    <>
      {" "}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("ofRow", { action, row })}
        loading={leaveOut.isPending}
        onClick={() => leaveOut.mutate({ rows: [row], isLeftOut: !isLeftOut })}
      >
        {action}
      </Button>
      {leaveOut.error && <Failure error={leaveOut.error} title={t("actionFailed")} />}
    </>
  );
}

interface RowProps {
  ref: Ref<HTMLTableRowElement>;
  /** Undefined while its page is on its way. */
  row: ImportRow | undefined;
  index: number;
  id: string;
  state: ImportJob["state"];
  known: readonly IdentityField[];
}

function Row({ ref, row, index, id, state, known }: RowProps) {
  const t = useMessages("imports", "job");
  const fields = useMessages("imports", "file");
  const said = useMessages("imports", "row");
  const { rowWords } = useRowWords(state);
  const valueWords = useIdentityValues();
  if (!row)
    return (
      <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
        <td colSpan={otherColumns + known.length}>…</td>
      </tr>
    );
  const { outcome, reason } = rowWords(row);
  const words = reason ? said("outcome-reason", { outcome, reason }) : outcome;
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
      <td data-label={t("row")}>{row.row}</td>
      <th scope="row" data-label={fields("field.partnerUid")}>
        {row.partnerUid}
      </th>
      <td data-label={fields("field.name")}>{row.name}</td>
      <td data-label={t("outcome")} data-outcome={row.outcome} data-noted={isNoted(row) || undefined}>
        <span>
          {row.patientId ? (
            <Link className={prose.link} to={`/patients/${row.patientId}`}>
              {words}
            </Link>
          ) : (
            words
          )}
          {state === "checked" && (row.outcome === "left-out" || (row.outcome === "new" && isNoted(row))) && (
            <LeaveOutButton id={id} row={row} />
          )}
        </span>
      </td>
      <td data-label={fields("field.region")}>{row.region}</td>
      <td data-label={fields("field.timeZone")}>{row.timeZone}</td>
      <td data-label={fields("field.tags")}>{row.tags.join(" | ")}</td>
      {known.map((field) => (
        <td key={field} data-label={fields(`field.${field}`)}>
          {row[field] === null || row.outcome === "wrong" ? row[field] : valueWords(field, row[field])}
        </td>
      ))}
    </tr>
  );
}
