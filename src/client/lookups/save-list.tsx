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
  "perhaps",
  "state",
  "platform_status",
  "verdict",
  "worn_now",
  "owner",
  "patient",
  "partner_user_id",
  "lot",
  "lot_on_record",
  "last_data_utc",
  "activated_utc",
  "expected_end_utc",
  "ended_utc",
  "dates_in_doubt",
  "asked_utc",
  "platform_code",
  "platform_message",
];

/** A column of the list that has the name of one of ours is told from it. */
const ownName = (name: string) => (header.includes(name.trim().toLowerCase()) ? `list_${name}` : name);

const cellsOf = (row: LookupRow, verdict: string): string[] => {
  const { owner, trouble } = row;
  const patient = owner?.kind === "patient" ? owner : null;
  return [
    row.serial,
    row.outcome === "told" ? "ok" : row.outcome === "new" ? "waiting" : row.outcome,
    row.likely.join(" "),
    row.state === "unknown" ? "undocumented" : (row.state ?? ""),
    String(row.statusCode ?? ""),
    row.headline === null && !row.isRecalled ? "" : verdict,
    row.worn === "worn" ? "yes" : (row.worn ?? ""),
    owner?.kind ?? "",
    patient?.name ?? "",
    patient?.partnerUid ?? "",
    row.lot ?? "",
    row.otherLot ?? "",
    time(row.lastDataAtMs),
    time(row.activatedAtMs),
    time(row.estimatedEndAtMs),
    time(row.endedAtMs),
    row.isInDoubt ? "yes" : "",
    time(row.askedAtMs),
    String(trouble?.platformCode ?? trouble?.code ?? ""),
    trouble?.platformMessage ?? "",
  ];
};

/**
 * The chosen rows as a file, times in UTC, with the list's own columns behind ours; with all of them the lines that
 * have no serial number, as far as they are kept.
 */
export function SaveList({ list, choice }: { list: LookupList; choice: RowChoice }) {
  const { id, name, columns, leftOut } = list;
  const t = useMessages("lookups");
  const words = useRowWords();
  const save = useMutation({
    mutationFn: async () => {
      const rows = await readAllRows(id, choice);
      const csv = await import("../ui/csv.ts");
      const ofList = (cells: readonly string[]) => columns.map((_, index) => cells[index] ?? "");
      const lines = [
        ...rows.map((row) => [
          ...cellsOf(row, words.untold(row) ?? words.verdict(row, "UTC")),
          ...ofList(row.cells),
        ]),
        ...(choice.show === "all" ? leftOut.lines : []).map(({ text, cells }) => [
          ...header.map((name) => ({ serial: text, outcome: "not a serial number" })[name] ?? ""),
          ...ofList(cells),
        ]),
      ];
      csv.saveFile(
        `${name.replace(/\.\w+$/, "") || "sensors"}-${choice.show}.csv`,
        csv.toCsv([[...header, ...columns.map(ownName)], ...lines]),
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
