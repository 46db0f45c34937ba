import { useMutation } from "@tanstack/react-query";
import { type ImportJob, type ImportRow, mostRowsAtOnce } from "#contract/import.ts";
import { readRows } from "../api/imports.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { useIdentityValues } from "../ui/identity-values.ts";
import { identityColumnsOf, useRowWords } from "./words.ts";

async function allRows(id: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  for (;;) {
    const page = await readRows(id, null, rows.length, mostRowsAtOnce);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/**
 * What became of each row, as a file in the user's language; with all that was read, so
 * that rows can be mended and sent again.
 */
export function SaveResult({ job }: { job: ImportJob }) {
  const { id, fileName, state } = job;
  const t = useMessages("imports", "job");
  const fields = useMessages("imports", "file");
  const { rowWords } = useRowWords(state);
  const valueWords = useIdentityValues();
  const save = useMutation({
    mutationFn: async () => {
      const rows = await allRows(id);
      const csv = await import("../ui/csv.ts");
      const header = [
        t("row"),
        fields("field.partnerUid"),
        fields("field.name"),
        ...identityColumnsOf(job).map((field) => fields(`field.${field}`)),
        fields("field.region"),
        fields("field.timeZone"),
        fields("field.tags"),
        t("outcome"),
        t("field.reason"),
        t("field.openId"),
      ];
      const lines = rows.map((row) => {
        const { outcome, reason } = rowWords(row);
        const { partnerUid, name, region, timeZone, tags } = row;
        const known = identityColumnsOf(job).map((field) =>
          field === "dateOfBirth" || row[field] === null || row.outcome === "wrong"
            ? (row[field] ?? "")
            : valueWords(field, row[field]),
        );
        const given = [partnerUid, name, ...known, region, timeZone, tags.join("|")];
        return [String(row.row), ...given, outcome, reason, row.openId ?? ""];
      });
      csv.saveFile(`${fileName.replace(/\.\w+$/, "")}-result.csv`, csv.toCsv([header, ...lines]));
      reportAuditEvent("import-result.export", id);
    },
  });
  return (
    <>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {save.isPending ? t("saving") : t("save")}
      </Button>
      {save.error && <Failure error={save.error} title={t("saveFailed")} />}
    </>
  );
}
