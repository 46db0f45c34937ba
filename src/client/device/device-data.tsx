import { useQuery } from "@tanstack/react-query";
import type { DeviceJourney } from "#contract/device.ts";
import { formatAge, formatDateTime, localeOf } from "#words/time.ts";
import { deviceQueries } from "../api/devices.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { DataDays } from "./data-days.tsx";
import classes from "./device-data.module.css";
import { formatShare } from "./share.ts";

function ReadingTime({
  name,
  atMs,
  timeZone,
  nowMs,
}: {
  name: string;
  atMs: number | null;
  timeZone: string;
  nowMs: number;
}) {
  const t = useMessages("device", "data");
  const { language } = usePreferences();
  return (
    <p>
      <span className={prose.note}>{name}</span>{" "}
      {atMs === null ? (
        t("none")
      ) : (
        <Sentences>
          <time dateTime={new Date(atMs).toISOString()}>{formatDateTime(atMs, timeZone, language)}</time>
          <span className={prose.dimmed}>{t("age", { age: formatAge(nowMs - atMs, language) })}</span>
        </Sentences>
      )}
    </p>
  );
}

function LeftOutWords({ leftOut }: Pick<DeviceJourney, "leftOut">) {
  const t = useMessages("device", "data");
  const words = (["duplicates", "contradicting", "malformed"] as const).flatMap((kind) =>
    leftOut[kind] > 0 ? t(kind, { count: leftOut[kind] }) : [],
  );
  return (
    <>
      {(words.length > 0 ? words : [t("complete")]).map((sentence) => (
        <p className={prose.note} key={sentence}>
          {sentence}
        </p>
      ))}
    </>
  );
}

function Received({ data, nowMs }: { data: DeviceJourney; nowMs: number }) {
  const t = useMessages("device", "data");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(localeOf(language));
  const percent = formatShare(data.received, data.expected, localeOf(language));
  if (percent === null && data.received === 0) return <p>{t("nothingExpected")}</p>;
  return (
    <div className={layout.column} data-gap="sm">
      <div>
        <p className={classes.share}>
          {data.received === 0 ? t("nothingReceived") : t("share", { percent: percent ?? "–" })}
        </p>
        <p>
          {t("receivedOf", {
            received: number.format(data.received),
            expected: number.format(data.expected),
            minutes: number.format(data.nominalSpacingMin),
          })}
        </p>
        {(data.firstReadingMs !== null || data.leftOut.malformed > 0) && (
          <LeftOutWords leftOut={data.leftOut} />
        )}
      </div>
      <div className={`${layout.row} ${classes.times}`}>
        <ReadingTime
          name={t("firstReading")}
          atMs={data.firstReadingMs}
          timeZone={data.timeZone}
          nowMs={nowMs}
        />
        <ReadingTime
          name={t("lastReading")}
          atMs={data.lastReadingMs}
          timeZone={data.timeZone}
          nowMs={nowMs}
        />
      </div>
      {data.days.length > 0 && <DataDays data={data} />}
    </div>
  );
}

const isSame = (error: Error, other: Error | null) =>
  error instanceof ApiError && other instanceof ApiError && error.code === other.code;

/**
 * How much of the expected data arrived: counts and times, for every role, and never a glucose value. A
 * failure the page has already shown (`explained`) is not shown twice.
 */
export function DeviceData({
  serial,
  nowMs,
  explained,
}: {
  serial: string;
  nowMs: number;
  explained: Error | null;
}) {
  const t = useMessages("device", "data");
  const { data, error, refetch } = useQuery(deviceQueries.journey(serial));
  if (!data && error && isSame(error, explained)) return null;
  return (
    <section aria-labelledby="device-data-title" id="device-data" tabIndex={-1}>
      <h2 className={layout.belowXs} id="device-data-title">
        {t("title")}
      </h2>
      {data ? (
        <Received data={data} nowMs={nowMs} />
      ) : error ? (
        <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />
      ) : (
        <Loading height={240} />
      )}
    </section>
  );
}
