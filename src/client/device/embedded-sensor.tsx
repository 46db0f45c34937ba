import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { areDatesInDoubt, contradictionsIn, wearOf } from "#sensor/life.ts";
import { deviceQueries } from "../api/devices.ts";
import { viewedSensor } from "../api/embedded.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { AsOf } from "../ui/as-of.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { Contradictions } from "./contradictions.tsx";
import { DeviceData } from "./device-data.tsx";
import { DeviceFacts } from "./device-facts.tsx";
import { lifeOf } from "./device-life.ts";
import classes from "./device-page.module.css";
import { JourneyEvidence } from "./journey-evidence.tsx";
import { LifeTimeline } from "./life-timeline.tsx";
import { SerialText } from "./serial-text.tsx";
import { Verdict, VerdictSpoken } from "./verdict-panel.tsx";

const DeviceCurve = lazy(async () => ({ default: (await import("./device-curve.tsx")).DeviceCurve }));

/** In a partner's page: a sensor's life and verdict, and its curve where the partner may see glucose. */
export function EmbeddedSensor({ serial, seesGlucose }: { serial: string; seesGlucose: boolean }) {
  const t = useMessages("device", "life");
  const nowMs = useNow();
  const life = useQuery(viewedSensor(serial));
  const journey = useQuery(deviceQueries.journey(serial));
  const { data: device } = life;
  const isInDoubt = device !== undefined && areDatesInDoubt(device, journey.data, nowMs);
  const answers = [life, journey].flatMap((answer) =>
    answer.data ? [{ ...answer.data, error: answer.error, readAtMs: answer.dataUpdatedAt }] : [],
  );
  const asOfMs = answers.length > 0 ? Math.min(...answers.map((answer) => answer.asOfMs)) : undefined;
  const retry = () => {
    void life.refetch();
    void journey.refetch();
  };
  useDocumentTitle(`${t("sensor")} ${serial}`);
  return (
    <div className={layout.column}>
      <div>
        <h1>
          {t("sensor")} <SerialText serial={serial} />
        </h1>
        <VerdictSpoken device={device} nowMs={nowMs} />
        <AsOf atMs={asOfMs} timeZone={device?.timeZone ?? "UTC"} />
        <StaleNotice
          error={answers.map((answer) => answer.error ?? staleError(answer, answer.readAtMs)).find(Boolean)}
          dataUpdatedAtMs={asOfMs ?? nowMs}
          onRetry={retry}
        />
      </div>
      {device ? (
        <div className={classes.pair}>
          <Verdict device={device} nowMs={nowMs} />
          <DeviceFacts device={device} wear={isInDoubt ? null : wearOf(device, nowMs)} />
        </div>
      ) : life.error ? (
        <Failure isAnswer error={life.error} onRetry={retry} />
      ) : (
        <Loading height={180} />
      )}
      {device && <Contradictions names={contradictionsIn(device, nowMs)} />}
      <div className={classes.pair}>
        <div className={layout.column} data-gap="lg">
          {device && (
            <LifeTimeline device={device} life={lifeOf(device, nowMs)} isInDoubt={isInDoubt} nowMs={nowMs} />
          )}
          <DeviceData serial={serial} nowMs={nowMs} explained={device ? null : life.error} />
        </div>
        <JourneyEvidence serial={serial} />
      </div>
      {device && seesGlucose && (
        <Suspense fallback={<Loading height={360} />}>
          <DeviceCurve device={device} nowMs={nowMs} />
        </Suspense>
      )}
    </div>
  );
}
