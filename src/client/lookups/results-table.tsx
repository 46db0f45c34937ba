import { Alert, Anchor, Button, Group, NativeSelect, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useMemo, useRef } from "react";
import { Link, useSearchParams } from "react-router";
import type { DeviceStateRow } from "#contract/device.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import cards from "../ui/cards.module.css";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import { formatDateTime, viewerZone } from "../ui/time.ts";
import { usePrinting } from "../ui/use-printing.ts";
import classes from "./lookups.module.css";
import { chosenRows, countsOf, exportRows, filters, sorts } from "./rows.ts";
import type { Row } from "./run.ts";

const rowHeight = 36;
const columns = ["serial", "state", "activated", "end", "owner"] as const;
const named = [
  "device-unknown",
  "platform-refused",
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "platform-error",
  "invalid-request",
] as const;

/** Every serial with its state or the reason it has none: filtered, sorted, and as a file. */
export function ResultsTable({ rows }: { rows: readonly Row[] }) {
  const t = useMessages("lookups");
  const nowMs = useNow();
  const nameOf = useColumnName();
  // In the address, so that the way back from a sensor leads to the same rows.
  const [search, setSearch] = useSearchParams();
  const filter = filters.find((value) => value === search.get("show")) ?? "all";
  const sort = sorts.find((value) => value === search.get("sort")) ?? "given";
  const choose = (name: "show" | "sort", value: string) =>
    setSearch(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const chosen = useMemo(() => chosenRows(rows, filter, sort, nowMs), [rows, filter, sort, nowMs]);
  const counts = useMemo(() => countsOf(rows, nowMs), [rows, nowMs]);
  const waiting = rows.filter(({ answer }) => answer === null).length;
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: chosen.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  // A sheet holds every row, and no room for those that are not on the screen.
  const isPrinting = usePrinting();
  const onScreen = virtual.getVirtualItems();
  const items = isPrinting ? chosen.map((_, index) => ({ index })) : onScreen;
  const save = async () => {
    const csv = await import("../ui/csv.ts");
    const day = new Date(nowMs).toISOString().slice(0, 10);
    csv.saveFile(`sensors-${filter}-${day}.csv`, csv.toCsv(exportRows(chosen)));
    reportAuditEvent("sensor-list.export");
  };
  return (
    <div>
      <Nonsense name="show" asked={search.get("show")} shown={filter} />
      <Nonsense name="sort" asked={search.get("sort")} shown={sort} />
      <p className={print.printOnly}>
        <Sentences>
          {t("printedOf", {
            filter: t(`filter-${filter}`),
            count: chosen.length,
            all: rows.length,
            sort: t(`field.${sort}`),
          })}
          {t("zone", { zone: viewerZone })}
        </Sentences>
      </p>
      <Group align="flex-end" mb="sm" className={print.screenOnly ?? ""}>
        <NativeSelect
          label={t("show")}
          value={filter}
          onChange={(event) => choose("show", event.currentTarget.value)}
          data={filters.map((value) => ({
            value,
            label: t("filterCount", { name: t(`filter-${value}`), count: counts[value] }),
          }))}
        />
        <NativeSelect
          label={t("sortBy")}
          value={sort}
          onChange={(event) => choose("sort", event.currentTarget.value)}
          data={sorts.map((value) => ({ value, label: t(`field.${value}`) }))}
        />
        <Button variant="default" onClick={() => void save()}>
          {t("action.csv")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("shownOf", { count: chosen.length })}
        </Text>
      </Group>
      {filter === "worn" && counts.failed + waiting > 0 && (
        <Text size="sm" mb="sm">
          {t("wornUnknown", { count: counts.failed + waiting })}
        </Text>
      )}
      <div ref={scroll} className={classes.scroll}>
        <table
          className={`${classes.table} ${cards.cards}`}
          aria-label={t("table")}
          aria-rowcount={chosen.length + 1}
        >
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {nameOf(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {!isPrinting && <SpacerRow heightPx={onScreen[0]?.start ?? 0} />}
            {items.map(({ index }) => {
              const row = chosen[index];
              return (
                row && <ResultRow key={row.serial} ref={virtual.measureElement} row={row} index={index} />
              );
            })}
            {!isPrinting && <SpacerRow heightPx={virtual.getTotalSize() - (onScreen.at(-1)?.end ?? 0)} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** What a column is called; one of times says in which zone. */
function useColumnName() {
  const t = useMessages("lookups");
  return (column: (typeof columns)[number]) =>
    column === "activated" || column === "end"
      ? t("inZone", { column: t(`field.${column}`), zone: viewerZone })
      : t(`field.${column}`);
}

/** Says what the address asks for and there is not. */
function Nonsense({ name, asked, shown }: { name: "show" | "sort"; asked: string | null; shown: string }) {
  const t = useMessages("lookups");
  if (asked === null || asked === shown) return null;
  return (
    <Alert color="yellow" mb="sm">
      {t(`no-${name}`, { value: asked })}
    </Alert>
  );
}

function ResultRow({
  ref,
  row: { serial, answer },
  index,
}: {
  ref: Ref<HTMLTableRowElement>;
  row: Row;
  index: number;
}) {
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
      <th scope="row">
        <Anchor component={Link} to={`/devices/${encodeURIComponent(serial)}`} inherit>
          {serial}
        </Anchor>
      </th>
      <Answer answer={answer} />
    </tr>
  );
}

function Answer({ answer }: { answer: DeviceStateRow | null }) {
  const t = useMessages("lookups");
  const nameOf = useColumnName();
  // A zone's name breaks after its slash, and not within a city.
  const labelOf = (column: (typeof columns)[number]) => nameOf(column).replaceAll("/", "/\u200b");
  const { language } = usePreferences();
  const at = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);
  if (!answer) return <td colSpan={4}>{t("pending")}</td>;
  if (!answer.ok) {
    const { code, platformCode, platformMessage } = answer;
    const reason = named.find((one) => one === code);
    const said = [platformCode, platformMessage].filter((part) => part !== null && part !== "").join(" ");
    const words = reason ? t(`code.${reason}`) : t("code.other", { code });
    return (
      <td colSpan={4} data-failed>
        {code === "platform-error" && said ? t("platformSaid", { reason: words, said }) : words}
      </td>
    );
  }
  const { state, activatedAtMs, estimatedEndAtMs, endedAtMs, owner } = answer;
  return (
    <>
      <td data-label={labelOf("state")}>{t(`state.${state}`)}</td>
      <td data-label={labelOf("activated")}>{activatedAtMs === null ? "–" : at(activatedAtMs)}</td>
      <td data-label={labelOf("end")}>
        {endedAtMs !== null
          ? at(endedAtMs)
          : estimatedEndAtMs !== null
            ? t("expected", { date: at(estimatedEndAtMs) })
            : "–"}
      </td>
      <td data-label={labelOf("owner")}>{t(`owner.${owner}`)}</td>
    </>
  );
}
