import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { DeviceJourney } from "#contract/device.ts";
import { minuteMs } from "#glucose/time.ts";
import { gapWord } from "#report/chart/words.ts";
import { thresholds } from "#sensor/verdict.ts";
import {
  formatDateTime,
  formatDuration,
  formatShortDate,
  formatSpan,
  localeOf,
  shownLengthMs,
} from "#words/time.ts";
import { deviceQueries } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import classes from "./verdict.module.css";

const firstFew = 5;

/** What the verdict's claims rest on: gaps with their causes, upload delays by day, the sensor's clock. */
export function JourneyEvidence({ serial }: { serial: string }) {
  const t = useMessages("device", "verdict");
  const { data } = useQuery(deviceQueries.journey(serial));
  if (!data) return null;
  if (data.firstReadingMs === null) return data.expected > 0 ? <p>{t("nothingArrived")}</p> : null;
  return (
    <div className={layout.column} data-gap="lg">
      <Gaps data={data} />
      <Uploads data={data} />
      <Clock data={data} />
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} tabIndex={-1}>
      <h2 className={layout.belowXs} id={`${id}-title`}>
        {title}
      </h2>
      {children}
    </section>
  );
}

type Gap = DeviceJourney["gaps"][number];

function GapTable({ gaps, timeZone }: { gaps: readonly Gap[]; timeZone: string }) {
  const t = useMessages("device", "verdict");
  const causes = useMessages("domain");
  const { language } = usePreferences();
  return (
    <ScrollRegion label={t("gaps")}>
      <table className={`${classes.table} ${classes.gaps}`} aria-label={t("gaps")}>
        <thead>
          <tr>
            {(["when", "length", "cause", "packets"] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gaps.map(({ fromMs, toMs, cause, packetsLost }) => (
            <tr key={fromMs}>
              <td>{formatSpan({ startMs: fromMs, endMs: toMs }, timeZone, language)}</td>
              <td>{formatDuration(shownLengthMs(fromMs, toMs), language)}</td>
              <td>{gapWord(causes, cause)}</td>
              <td data-label={t("packets")}>{packetsLost ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Gaps({ data: { gaps, packetsLost, received, expected, timeZone } }: { data: DeviceJourney }) {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  const number = new Intl.NumberFormat(localeOf(language));
  const [all, setAll] = useState(false);
  const newestFirst = gaps.toReversed();
  const missing = expected - received;
  return (
    <Section id="gaps" title={t("gaps")}>
      {packetsLost > 0 && <p>{t("lostBetween", { count: packetsLost, n: number.format(packetsLost) })}</p>}
      {packetsLost > 0 && missing > 0 && missing !== packetsLost && (
        <p className={prose.note}>{t("missingByTime", { count: missing, n: number.format(missing) })}</p>
      )}
      {gaps.length === 0 && <p>{t("noGaps")}</p>}
      {gaps.length > 0 && (
        <GapTable gaps={all ? newestFirst : newestFirst.slice(0, firstFew)} timeZone={timeZone} />
      )}
      {gaps.length > firstFew && (
        <Button variant="subtle" size="compact-md" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? "action.showFewer" : "showAll", { count: gaps.length })}
        </Button>
      )}
    </Section>
  );
}

function Uploads({ data: { upload, days, timeZone } }: { data: DeviceJourney }) {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  const minutes = (count: number) =>
    count === 0 ? t("atOnce") : t("after", { duration: formatDuration(count * minuteMs, language) });
  const late = days.filter((day) => day.upload && day.upload.worstMin > 0);
  return (
    <Section id="uploads" title={t("uploads")}>
      <p>
        {!upload
          ? t("uploadsUnknown")
          : upload.worstMin === 0
            ? t("uploadsAtOnce")
            : t("uploadsOf", { median: minutes(upload.medianMin), worst: minutes(upload.worstMin) })}
      </p>
      {late.length > 0 && (
        <details className={folded.folded}>
          <summary>{t("lateDays", { count: late.length })}</summary>
          <ScrollRegion label={t("uploads")}>
            <table className={classes.table} aria-label={t("uploads")}>
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
                {late.map((day) => (
                  <tr key={day.startMs}>
                    <th scope="row">{formatShortDate(day.startMs, timeZone, language)}</th>
                    <td>{minutes(day.upload?.medianMin ?? 0)}</td>
                    <td>{minutes(day.upload?.worstMin ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </details>
      )}
    </Section>
  );
}

const isOff = ({ jumps, driftMin }: NonNullable<DeviceJourney["clock"]>) =>
  jumps.length > 0 || Math.abs(driftMin) >= thresholds.driftMin;

function Clock({ data: { clock, warmUp, timeZone } }: { data: DeviceJourney }) {
  const t = useMessages("device", "verdict");
  const { language } = usePreferences();
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const minutes = (count: number) => formatDuration(Math.abs(count) * minuteMs, language);
  return (
    <Section id="clock" title={t("clock")}>
      <p>
        {clock
          ? t(isOff(clock) ? "clockParts" : "clockOk", { by: minutes(clock.driftMin) })
          : t("clockUnknown")}
      </p>
      {clock?.jumps.map(({ atMs, kind, byMin }) => (
        <p key={atMs}>
          {kind === "restart"
            ? t("clockRestart", { at: at(atMs) })
            : t("clockJump", { at: at(atMs), by: minutes(byMin) })}
        </p>
      ))}
      {warmUp && (
        <p className={prose.dimmed}>
          {t("warmUp", { count: warmUp.count, from: at(warmUp.fromMs), to: at(warmUp.toMs) })}
        </p>
      )}
    </Section>
  );
}
