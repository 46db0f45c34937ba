import { useMutation } from "@tanstack/react-query";
import type { LookupList, LookupRow } from "#contract/lookups.ts";
import { type RowChoice, readAllRows } from "../api/lookups.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { useRowWords } from "./result-row.tsx";

const time = (timeMs: number | null) => (timeMs === null ? "" : new Date(timeMs).toISOString());

const header = [
  "serial",
  "outcome",
  "state",
  "platform_status",
  "verdict",
  "worn_now",
  "owner",
  "patient",
  "partner_user_id",
  "lot",
  "last_data_utc",
  "activated_utc",
  "expected_end_utc",
  "ended_utc",
  "asked_utc",
  "platform_code",
  "platform_message",
];

const cellsOf = (row: LookupRow, verdict: string): string[] => {
  const { owner, trouble } = row;
  const patient = owner?.kind === "patient" ? owner : null;
  return [
    row.serial,
    row.outcome === "told" ? "ok" : row.outcome === "new" ? "waiting" : row.outcome,
    row.state === "unknown" ? "undocumented" : (row.state ?? ""),
    String(row.statusCode ?? ""),
    row.headline === null && !row.isRecalled ? "" : verdict,
    row.worn === "worn" ? "yes" : (row.worn ?? ""),
    owner?.kind ?? "",
    patient?.name ?? "",
    patient?.partnerUid ?? "",
    row.lot ?? "",
    time(row.lastDataAtMs),
    time(row.activatedAtMs),
    time(row.estimatedEndAtMs),
    time(row.endedAtMs),
    time(row.askedAtMs),
    String(trouble?.platformCode ?? trouble?.code ?? ""),
    trouble?.platformMessage ?? "",
  ];
};

/** The chosen rows as a file, times in UTC, with the list's own columns behind ours. */
export function SaveList({ list, choice }: { list: LookupList; choice: RowChoice }) {
  const { id, name, columns } = list;
  const t = useMessages("lookups");
  const words = useRowWords();
  const save = useMutation({
    mutationFn: async () => {
      const rows = await readAllRows(id, choice);
      const csv = await import("../ui/csv.ts");
      const lines = rows.map((row) => [
        ...cellsOf(row, words.untold(row) ?? words.verdict(row)),
        ...columns.map((_, index) => row.cells[index] ?? ""),
      ]);
      csv.saveFile(
        `${name.replace(/\.\w+$/, "") || "sensors"}-${choice.show}.csv`,
        csv.toCsv([[...header, ...columns], ...lines]),
      );
      reportAuditEvent("sensor-list.export", id);
    },
  });
  return (
    <>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("action.csv")}
      </Button>
      {save.error && <Failure error={save.error} title={t("saveFailed")} />}
    </>
  );
}
