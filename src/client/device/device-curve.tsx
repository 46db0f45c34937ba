import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { UnownedDevice } from "#contract/device.ts";
import { type Edges, edgesMmolL } from "#glucose/bands.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { formatDateTime } from "#words/time.ts";
import { deviceQueries } from "../api/devices.ts";
import { ChartSummary } from "../chart/chart-summary.tsx";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { type Period, periods } from "./curve-period.ts";
import { curveEpisodes, curveExtent, curveGaps } from "./device-curve-view.ts";
import { useCurveWindow } from "./use-curve-window.ts";

/**
 * The device's own glucose curve. Loaded only for roles that may see
 * glucose; others never download the chart.
 */
export function DeviceCurve({ device, nowMs }: { device: UnownedDevice; nowMs: number }) {
  const t = useMessages("device", "data");
  const { unit, language } = usePreferences();
  const { serial, timeZone, targets } = device;
  const { data, error, dataUpdatedAt, refetch } = useQuery(deviceQueries.readings(serial));
  const { period, choosePeriod, window, setWindow } = useCurveWindow();
  const edges = useMemo(() => (targets ? targetsFor(targets).edges : edgesMmolL), [targets]);
  const extent = data ? curveExtent(period, device, data.readings, nowMs) : null;
  const { startMs = 0, endMs = 0 } = extent ?? {};
  const isCutOff = error !== null || Boolean(data?.stale);
  const gaps = useMemo(
    () => (data ? curveGaps(device, data, { startMs, endMs }, isCutOff) : []),
    [data, isCutOff, device, startMs, endMs],
  );
  const episodes = useMemo(
    () => (data ? curveEpisodes(data.readings, { startMs, endMs }, edges) : []),
    [data, startMs, endMs, edges],
  );
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const retry = () => void refetch();
  return (
    <section aria-labelledby="device-curve">
      {extent && (
        <Sheet
          who={`${t("sensor")} ${serial}`}
          what={`${t("curve")} ${at(startMs)} – ${at(endMs)} · ${timeZone}`}
          timeZone={timeZone}
        />
      )}
      <div className={`${layout.ends} ${layout.belowXs}`}>
        <h2 id="device-curve">{t("curve")}</h2>
        {data && extent && (
          <ChartSummary
            gaps={gaps}
            extent={extent}
            unit={unit}
            readings={data.readings}
            window={window}
            timeZone={timeZone}
          />
        )}
        {extent && <PeriodSwitch period={period} onChoose={choosePeriod} />}
      </div>
      {data && (
        <StaleNotice
          error={error ?? staleError(data, dataUpdatedAt)}
          dataUpdatedAtMs={data.asOfMs}
          onRetry={retry}
        />
      )}
      {extent && <JudgedBy targets={targets} edges={edges} />}
      {data && extent ? (
        <GlucoseChart
          readings={data.readings}
          extent={extent}
          window={window}
          onWindow={setWindow}
          gaps={gaps}
          episodes={episodes}
          edges={edges}
          timeZone={timeZone}
          unit={unit}
          nowMs={nowMs}
        />
      ) : data ? (
        <p>{t("curveEmpty")}</p>
      ) : error ? (
        <Failure error={error} title={t("curveFailed")} onRetry={retry} />
      ) : (
        <Loading height={360} />
      )}
    </section>
  );
}

function PeriodSwitch({ period, onChoose }: { period: Period; onChoose: (period: Period) => void }) {
  const t = useMessages("device", "data");
  return (
    <Segmented
      aria-label={t("period")}
      value={period}
      onChange={onChoose}
      options={periods.map((value) => ({ value, label: t(value) }))}
    />
  );
}

/** By whose targets the curve is coloured. */
function JudgedBy({ targets, edges }: { targets: UnownedDevice["targets"]; edges: Edges }) {
  const t = useMessages("device", "data");
  const { unit } = usePreferences();
  const targetWords = useTargetWords();
  return (
    <p className={prose.small}>
      {t(targets ? "judgedByWearer" : "judgedByUsual", {
        targets: targets ? targetWords(targets) : "",
        range: `${formatEdge(edges.low, unit)}–${formatEdge(edges.high, unit)} ${unit}`,
      })}
    </p>
  );
}
