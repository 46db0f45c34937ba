import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditEntry, AuditPage } from "#contract/audit.ts";
import { readForFile } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { type AuditFilter, rowsQuery } from "./view.ts";
import { useEntryWords } from "./words.ts";

const mostInFile = 100_000;

/**
 * What the filters leave, as a file; each row with its hash, so that the
 * file bears witness against the database.
 */
export function SaveTrail({ filter }: { filter: AuditFilter }) {
  const t = useMessages("audit", "trail");
  const words = useEntryWords();
  const [read, setRead] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      const rows: AuditEntry[] = [];
      const names: AuditPage["patientNames"] = {};
      let next: string | null = null;
      do {
        const page = await readForFile(rowsQuery(filter, viewerZone), next ?? undefined);
        rows.push(...page.rows);
        Object.assign(names, page.patientNames);
        setRead(rows.length);
        next = page.next;
      } while (next && rows.length < mostInFile);
      const csv = await import("../ui/csv.ts");
      const header = [
        "number",
        "time_utc",
        "person",
        "person_id",
        "role",
        "action",
        "action_name",
        "subject",
        "subject_id",
        "outcome",
        "details",
        "details_json",
        "client_address",
        "request_id",
        "hash",
      ];
      const lines = rows.map((row) => [
        String(row.seq),
        new Date(row.atMs).toISOString(),
        words.person(row),
        row.actor?.id ?? "",
        row.actor?.role ?? "",
        words.action(row.action),
        row.action,
        words.subject(row),
        row.subject?.id ?? "",
        row.outcome,
        words.details(row, names),
        row.details ? JSON.stringify(row.details) : "",
        row.clientAddress,
        row.requestId,
        row.mac,
      ]);
      csv.saveFile("audit-trail.csv", csv.toCsv([header, ...lines]));
      return { count: rows.length, isCut: next !== null };
    },
  });
  return (
    <>
      <Button variant="default" size="xs" loading={save.isPending} onClick={() => save.mutate()}>
        {t("action.csv")}
      </Button>
      <p className={prose.note} role="status">
        {save.isPending && read > 0 && t("saving", { count: words.number(read) })}
        {save.data?.isCut && t("saveCut", { count: words.number(save.data.count) })}
      </p>
      {save.error && <Failure error={save.error} title={t("saveFailed")} />}
    </>
  );
}
