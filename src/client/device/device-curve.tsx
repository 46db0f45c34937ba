import { Group, SegmentedControl, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Device } from "#contract/device.ts";
import { GlucoseChart } from "../chart/glucose-chart.tsx";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { curvePeriod, type Period, periods } from "./curve-period.ts";
import { useDataMessages } from "./data-messages.ts";
import { deviceQueries } from "./queries.ts";

/** The device's own glucose curve. Loaded only for roles that may see glucose; others never download the chart. */
export function DeviceCurve({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useDataMessages();
  const { unit } = usePreferences();
  const [period, setPeriod] = useState<Period>("wear");
  const { data, error, refetch } = useQuery(deviceQueries.readings(device.serial));
  const first = data?.readings[0];
  const last = data?.readings.at(-1);
  return (
    <section aria-labelledby="device-curve">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="device-curve">
          {t("curve")}
        </Title>
        {first && (
          <SegmentedControl
            aria-label={t("period")}
            value={period}
            onChange={setPeriod}
            data={periods.map((value) => ({ value, label: t(value) }))}
          />
        )}
      </Group>
      {data && <StaleNotice error={error} dataUpdatedAtMs={data.asOfMs} onRetry={() => void refetch()} />}
      {data && first && last ? (
        <GlucoseChart
          readings={data.readings}
          {...curvePeriod(period, device, { firstMs: first.timeMs, lastMs: last.timeMs }, nowMs)}
          timeZone={device.timeZone}
          unit={unit}
          nowMs={nowMs}
        />
      ) : data ? (
        <Text>{t("curveEmpty")}</Text>
      ) : error ? (
        <Failure error={error} title={t("curveFailed")} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={360} />
      )}
    </section>
  );
}
