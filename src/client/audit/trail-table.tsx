import type { AuditEntry, AuditPage, AuditSubject } from "#contract/audit.ts";
import { useMessages } from "../i18n.ts";
import cards from "../ui/cards.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import classes from "./audit.module.css";
import { useEntryWords } from "./words.ts";

const patientPath = (id: string) => `/patients/${id}`;
const pathOf: Partial<Record<AuditSubject["kind"], (id: string) => string>> = {
  patient: patientPath,
  device: (id) => `/devices/${encodeURIComponent(id)}`,
  import: (id) => `/patients/import/${id}`,
};

export function TrailTable({ rows, names }: { rows: readonly AuditEntry[]; names: Names }) {
  const t = useMessages("audit", "trail");
  return (
    <ScrollRegion label={t("table")}>
      <table className={`${classes.table} ${cards.cards}`} aria-label={t("table")}>
        <thead>
          <tr>
            <th scope="col">{t("number")}</th>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("person")}</th>
            <th scope="col">{t("action")}</th>
            <th scope="col">{t("about")}</th>
            <th scope="col">{t("outcome")}</th>
            <th scope="col">{t("address")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.seq} row={row} names={names} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

type Names = AuditPage["patientNames"];

/** Whom a list showed, folded away; an ID where nobody has it any more. */
function ShownPatients({ ids, names }: { ids: string; names: Names }) {
  const t = useMessages("audit", "trail");
  if (ids === "") return null;
  return (
    <details className={classes.shown}>
      <summary>{t("shown")}</summary>
      {ids.split(" ").map((id) => (
        <Link className={prose.link} key={id} to={patientPath(id)}>
          {names[id] ?? id}
        </Link>
      ))}
    </details>
  );
}

function Row({ row, names }: { row: AuditEntry; names: Names }) {
  const t = useMessages("audit", "trail");
  const words = useEntryWords();
  const { seq, atMs, outcome, subject, clientAddress } = row;
  const details = words.details(row, names);
  const path = subject && (subject.name ?? subject.kind === "device") ? pathOf[subject.kind] : undefined;
  return (
    <tr data-outcome={outcome}>
      <td data-label={t("number")}>{seq}</td>
      <td data-label={t("time")} className={classes.time}>
        {words.at(atMs)}
      </td>
      <td data-label={t("person")}>{words.person(row)}</td>
      <th scope="row" data-label={t("action")}>
        <span>
          {words.action(row.action)}
          {details && <small className={classes.details}> {details}</small>}
          <ShownPatients ids={String(row.details?.patients ?? "")} names={names} />
        </span>
      </th>
      <td data-label={t("about")}>
        {path && subject ? (
          <Link className={prose.link} to={path(subject.id)}>
            {words.subject(row)}
          </Link>
        ) : (
          words.subject(row) || "–"
        )}
      </td>
      <td data-label={t("outcome")} className={classes.outcome}>
        {words.outcome(row)}
      </td>
      <td data-label={t("address")}>{clientAddress || "–"}</td>
    </tr>
  );
}
