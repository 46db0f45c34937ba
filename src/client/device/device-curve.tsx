import { Group, SegmentedControl, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Device } from "#contract/device.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { gapsOf, unreadSince } from "#glucose/gaps.ts";
import { targetsFor } from "#glucose/targets.ts";
import type { Span } from "#glucose/time.ts";
import { formatEdge } from "#glucose/units.ts";
import { deviceQueries } from "../api/devices.ts";
import { ChartSummary } from "../chart/chart-summary.tsx";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import segments from "../ui/segments.module.css";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { formatDateTime } from "../ui/time.ts";
import { curvePeriod, type Period, periods } from "./curve-period.ts";

/** The device's own glucose curve. Loaded only for roles that may see glucose; others never download the chart. */
export function DeviceCurve({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useMessages("device", "data");
  const { unit, language } = usePreferences();
  const targetWords = useTargetWords();
  const { targets } = device;
  const edges = useMemo(() => (targets ? targetsFor(targets).edges : edgesMmolL), [targets]);
  const [period, setPeriod] = useState<Period>("wear");
  const { data, error, dataUpdatedAt, refetch } = useQuery(deviceQueries.readings(device.serial));
  const [shown, setShown] = useState<Span | null>(null);
  const first = data?.readings[0];
  const last = data?.readings.at(-1);
  const extent =
    first && last && curvePeriod(period, device, { firstMs: first.timeMs, lastMs: last.timeMs }, nowMs);
  const { startMs = 0, endMs = 0 } = extent ?? {};
  const isCutOff = error !== null || Boolean(data?.stale);
  const gaps = useMemo(
    () =>
      gapsOf(
        data?.readings ?? [],
        { startMs, endMs },
        new Map([[device.serial, device]]),
        data ? [...data.unread, ...unreadSince({ startMs: data.asOfMs, endMs }, isCutOff)] : [],
        data?.unreadable,
      ),
    [data, isCutOff, device, startMs, endMs],
  );
  const episodes = useMemo(
    () =>
      (["low", "high"] as const)
        .flatMap((kind) => episodesOf(data?.readings ?? [], { startMs, endMs }, kind, edges))
        .sort((a, b) => a.startMs - b.startMs),
    [data, startMs, endMs, edges],
  );
  const at = (timeMs: number) => formatDateTime(timeMs, device.timeZone, language);
  return (
    <section aria-labelledby="device-curve">
      {extent && (
        <Sheet
          who={`${t("sensor")} ${device.serial}`}
          what={`${t("curve")} ${at(startMs)} – ${at(endMs)} · ${device.timeZone}`}
          timeZone={device.timeZone}
        />
      )}
      <Group justify="space-between" mb="xs">
        <Title order={2} id="device-curve">
          {t("curve")}
        </Title>
        {data && extent && (
          <ChartSummary
            gaps={gaps}
            extent={extent}
            unit={unit}
            readings={data.readings}
            window={shown}
            timeZone={device.timeZone}
          />
        )}
        {first && (
          <SegmentedControl
            className={segments.wrap ?? ""}
            aria-label={t("period")}
            value={period}
            onChange={(chosen) => {
              setPeriod(chosen);
              setShown(null);
            }}
            data={periods.map((value) => ({ value, label: t(value) }))}
          />
        )}
      </Group>
      {data && (
        <StaleNotice
          error={error ?? staleError(data, dataUpdatedAt)}
          dataUpdatedAtMs={data.asOfMs}
          onRetry={() => void refetch()}
        />
      )}
      {data && extent && (
        <Text size="sm">
          {t(targets ? "judgedByWearer" : "judgedByUsual", {
            targets: targets ? targetWords(targets) : "",
            range: `${formatEdge(edges.low, unit)}–${formatEdge(edges.high, unit)} ${unit}`,
          })}
        </Text>
      )}
      {data && extent ? (
        <GlucoseChart
          readings={data.readings}
          extent={extent}
          window={shown}
          onWindow={setShown}
          gaps={gaps}
          episodes={episodes}
          edges={edges}
          timeZone={device.timeZone}
          unit={unit}
          nowMs={nowMs}
        />
      ) : data ? (
        <Text>{t("curveEmpty")}</Text>
      ) : error ? (
        <Failure error={error} title={t("curveFailed")} onRetry={() => void refetch()} />
      ) : (
        <Loading height={360} />
      )}
    </section>
  );
}
