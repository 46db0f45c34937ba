import { Button, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { DeviceJourney } from "#contract/device.ts";
import { usePreferences } from "../preferences.ts";
import cards from "../ui/cards.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime, formatDuration, formatShortDate } from "../ui/time.ts";
import classes from "./verdict.module.css";
import { thresholds } from "./verdict.ts";
import { useVerdictMessages } from "./verdict-messages.ts";

const minuteMs = 60_000;
const firstFew = 10;

/** What the verdict's claims rest on: gaps with their causes, upload delays by day, the sensor's clock. */
export function JourneyEvidence({ data }: { data: DeviceJourney }) {
  const t = useVerdictMessages();
  if (data.firstReadingMs === null) return <Text>{t("nothingArrived")}</Text>;
  return (
    <Stack gap="xl" mt="md">
      <Gaps data={data} />
      <Uploads data={data} />
      <Clock data={data} />
    </Stack>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} tabIndex={-1}>
      <Title order={2} id={`${id}-title`} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Gaps({ data: { gaps, packetsLost, timeZone } }: { data: DeviceJourney }) {
  const t = useVerdictMessages();
  const { language } = usePreferences();
  const [all, setAll] = useState(false);
  const newestFirst = gaps.toReversed();
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const lost = packetsLost > 0 && <Text>{t("lostBetween", { count: packetsLost })}</Text>;
  if (gaps.length === 0)
    return (
      <Section id="gaps" title={t("gaps")}>
        {lost}
        <Text>{t("noGaps")}</Text>
      </Section>
    );
  return (
    <Section id="gaps" title={t("gaps")}>
      {lost}
      <ScrollRegion label={t("gaps")}>
        <table className={`${classes.table} ${cards.cards}`}>
          <thead>
            <tr>
              {(["from", "to", "length", "cause", "packets"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? newestFirst : newestFirst.slice(0, firstFew)).map(
              ({ fromMs, toMs, cause, packetsLost }) => (
                <tr key={fromMs}>
                  <td data-label={t("from")}>{at(fromMs)}</td>
                  <td data-label={t("to")}>{at(toMs)}</td>
                  <td data-label={t("length")}>{formatDuration(toMs - fromMs, language)}</td>
                  <td data-label={t("cause")}>{t(`cause-${cause}`)}</td>
                  <td data-label={t("packets")}>{packetsLost ?? "–"}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </ScrollRegion>
      {!all && gaps.length > firstFew && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t("showAll", { count: gaps.length })}
        </Button>
      )}
    </Section>
  );
}

function Uploads({ data: { upload, days, timeZone } }: { data: DeviceJourney }) {
  const t = useVerdictMessages();
  const { language } = usePreferences();
  const minutes = (count: number) =>
    count === 0 ? t("atOnce") : t("after", { duration: formatDuration(count * minuteMs, language) });
  return (
    <Section id="uploads" title={t("uploads")}>
      {upload ? (
        <>
          <Text>
            {t("uploadsOf", { median: minutes(upload.medianMin), worst: minutes(upload.worstMin) })}
          </Text>
          <ScrollRegion label={t("uploads")}>
            <table className={classes.table}>
              <thead>
                <tr>
                  {(["day", "median", "worst"] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(column)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {days.map((day) => (
                  <tr key={day.startMs}>
                    <th scope="row">{formatShortDate(day.startMs, timeZone, language)}</th>
                    <td>{day.upload ? minutes(day.upload.medianMin) : "–"}</td>
                    <td>{day.upload ? minutes(day.upload.worstMin) : "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      ) : (
        <Text>{t("uploadsUnknown")}</Text>
      )}
    </Section>
  );
}

const isOff = ({ jumps, driftMin }: NonNullable<DeviceJourney["clock"]>) =>
  jumps.length > 0 || Math.abs(driftMin) >= thresholds.driftMin;

function Clock({ data: { clock, warmUp, timeZone } }: { data: DeviceJourney }) {
  const t = useVerdictMessages();
  const { language } = usePreferences();
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const minutes = (count: number) => formatDuration(Math.abs(count) * minuteMs, language);
  return (
    <Section id="clock" title={t("clock")}>
      <Text>
        {clock
          ? t(isOff(clock) ? "clockParts" : "clockOk", { by: minutes(clock.driftMin) })
          : t("clockUnknown")}
      </Text>
      {clock?.jumps.map(({ atMs, kind, byMin }) => (
        <Text key={atMs}>
          {kind === "restart"
            ? t("clockRestart", { at: at(atMs) })
            : t("clockJump", { at: at(atMs), by: minutes(byMin) })}
        </Text>
      ))}
      {warmUp && (
        <Text c="dimmed">
          {t("warmUp", { count: warmUp.count, from: at(warmUp.fromMs), to: at(warmUp.toMs) })}
        </Text>
      )}
    </Section>
  );
}
