import { Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeviceJourney } from "#contract/device.ts";
import { deviceQueries } from "../api/devices.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { formatAge, formatDateTime, localeOf } from "../ui/time.ts";
import { DataDays } from "./data-days.tsx";
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
    <Text>
      <Text span c="dimmed" size="sm">
        {name}
      </Text>{" "}
      {atMs === null ? (
        t("none")
      ) : (
        <Sentences>
          <time dateTime={new Date(atMs).toISOString()}>{formatDateTime(atMs, timeZone, language)}</time>
          <Text span c="dimmed">
            {t("age", { age: formatAge(nowMs - atMs, language) })}
          </Text>
        </Sentences>
      )}
    </Text>
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
        <Text key={sentence} size="sm" c="dimmed">
          {sentence}
        </Text>
      ))}
    </>
  );
}

function Received({ data, nowMs }: { data: DeviceJourney; nowMs: number }) {
  const t = useMessages("device", "data");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(localeOf(language));
  const percent = formatShare(data.received, data.expected, localeOf(language));
  if (percent === null && data.received === 0) return <Text>{t("nothingExpected")}</Text>;
  return (
    <Stack gap="sm">
      <div>
        <Text size="lg" fw={600}>
          {data.received === 0 ? t("nothingReceived") : t("share", { percent: percent ?? "–" })}
        </Text>
        <Text>
          {t("receivedOf", {
            received: number.format(data.received),
            expected: number.format(data.expected),
            minutes: number.format(data.nominalSpacingMin),
          })}
        </Text>
        {(data.firstReadingMs !== null || data.leftOut.malformed > 0) && (
          <LeftOutWords leftOut={data.leftOut} />
        )}
      </div>
      <Group gap="0 1.5rem">
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
      </Group>
      {data.days.length > 0 && <DataDays data={data} />}
    </Stack>
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
      <Title order={2} id="device-data-title" mb="xs">
        {t("title")}
      </Title>
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
