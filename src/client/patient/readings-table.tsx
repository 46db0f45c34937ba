import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { minuteMs } from "#glucose/time.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { TrendArrow } from "../chart/trend-arrow.tsx";
import { readingWord, trendWord } from "../chart/words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { copyText } from "../ui/copy.ts";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import { formatDateTime, formatDuration } from "../ui/time.ts";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { dateInput } from "./period.ts";
import classes from "./readings-table.module.css";

const sortable = { time: "timeMs", value: "valueMmolL", delay: "uploadDelayMin" } as const;
type SortKey = keyof typeof sortable;
const rowHeight = 32;
const columns = ["time", "value", "band", "trend", "sensor", "delay"] as const;

/** The readings that the curve shows as a table: sorted by any of its numbers, to copy, or as a file. */
export function ReadingsTable(props: DetailsProps) {
  const t = useMessages("patient", "details");
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { shown, shownZone } = props;
  const at = (timeMs: number) => formatDateTime(timeMs, shownZone, language);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="readings" className={details.readings}>
      <Group justify="space-between">
        <Title order={2} id="readings">
          {t("readings")}
        </Title>
        <Group gap="xs">
          <ExportButtons {...props} />
          <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "hideTable" : "showTable")}
          </Button>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t("readingsOf", { from: at(shown.startMs), to: at(shown.endMs), zone: shownZone })}
      </Text>
      {open && <Table {...props} />}
    </Paper>
  );
}

function ExportButtons({ patient, shown, shownReadings, shownZone }: DetailsProps) {
  const t = useMessages("patient", "details");
  const { unit } = usePreferences();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const readAll = async () => {
    const [csv, { readingRows }] = await Promise.all([import("../ui/csv.ts"), import("./readings-csv.ts")]);
    return {
      csv,
      rows: readingRows(inWindow(shownReadings, shown.startMs, shown.endMs), shownZone, unit),
    };
  };
  const download = async () => {
    const { csv, rows } = await readAll();
    const [from, to] = [shown.startMs, shown.endMs - 1].map((timeMs) => dateInput(timeMs, shownZone));
    const name = patient.partnerUid.replace(/[^\w.-]+/g, "_");
    csv.saveFile(`glucose-${name}-${from}-${to}.csv`, csv.toCsv(rows));
    reportAuditEvent("patient-readings.export", patient.id);
  };
  const copy = async () => {
    const { csv, rows } = await readAll();
    const copied = await copyText(csv.toPasteable(rows));
    if (copied) reportAuditEvent("patient-readings.copy", patient.id);
    say(copied ? "copied" : "copyFailed");
  };
  return (
    <>
      <SaidStatus said={said} words={t} />
      <Button variant="default" onClick={() => void copy()}>
        {t("action.copy")}
      </Button>
      <Button variant="default" onClick={() => void download()}>
        {t("action.csv")}
      </Button>
    </>
  );
}

function Table({ data, shown, shownReadings, shownZone }: DetailsProps) {
  const t = useMessages("patient", "details");
  const words = useMessages("domain");
  const { unit, language } = usePreferences();
  const [sort, setSort] = useState<{ key: SortKey; down: boolean }>({ key: "time", down: true });
  const { targets } = data;
  const { startMs, endMs } = shown;
  const rows = useMemo(() => {
    const field = sortable[sort.key];
    const sign = sort.down ? -1 : 1;
    const value = (reading: Reading) => reading[field] ?? -1;
    return inWindow(shownReadings, startMs, endMs).sort((a, b) => sign * (value(a) - value(b)));
  }, [shownReadings, startMs, endMs, sort]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    // On a phone a row has three lines; in large type every row is higher.
    measureElement: (row) => Math.max(rowHeight, (row as HTMLElement).offsetHeight),
    overscan: 10,
  });
  const cells = (reading: Reading): Record<(typeof columns)[number], React.ReactNode> => {
    const { timeMs, valueMmolL, trend, sensor, uploadDelayMin } = reading;
    return {
      time: formatDateTime(timeMs, shownZone, language),
      value: formatGlucose(valueMmolL, unit),
      band: readingWord(words, reading, targets.edges),
      trend: !isUsable(reading) ? (
        ""
      ) : (
        <>
          <TrendArrow trend={trendOf(trend)} /> {trendWord(words, trendOf(trend), trend)}
        </>
      ),
      sensor,
      delay: uploadDelayMin === null ? "–" : formatDuration(uploadDelayMin * minuteMs, language),
    };
  };
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroll} className={classes.virtual}>
      <table className={classes.virtualTable} aria-labelledby="readings" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const isSorted = sort.key === column;
              const name = t(`column-${column}`, { unit, zone: shownZone });
              return (
                <th
                  key={column}
                  scope="col"
                  aria-sort={isSorted ? (sort.down ? "descending" : "ascending") : undefined}
                >
                  {column in sortable ? (
                    <button
                      type="button"
                      onClick={() => setSort({ key: column as SortKey, down: !isSorted || !sort.down })}
                    >
                      {name} {isSorted && (sort.down ? "▾" : "▴")}
                    </button>
                  ) : (
                    name
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          <SpacerRow heightPx={above} />
          {items.map(({ index }) => {
            const reading = rows[index];
            if (!reading) return null;
            const row = cells(reading);
            return (
              <tr
                key={`${reading.timeMs} ${reading.sensor}`}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
              >
                {columns.map((column) => (
                  <td key={column}>{row[column]}</td>
                ))}
              </tr>
            );
          })}
          <SpacerRow heightPx={below} />
        </tbody>
      </table>
    </div>
  );
}
