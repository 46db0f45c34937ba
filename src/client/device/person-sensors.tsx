import { useState } from "react";
import type { PatientSensor } from "#contract/patient-sensors.ts";
import { formatAge, formatDate, formatShortDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { withZone } from "../ui/viewer-zone.ts";
import classes from "./serial.module.css";
import { SerialText } from "./serial-text.tsx";
import { StateBadge } from "./state-badge.tsx";

const firstFew = 3;

interface PersonSensorsProps {
  name: string;
  sensors: readonly PatientSensor[];
  timeZone: string;
  nowMs: number;
}

/** The sensors of one person, the one started last first, each with the way to its page. */
export function PersonSensors({ name, sensors, timeZone, nowMs }: PersonSensorsProps) {
  const t = useMessages("device", "person");
  const [isAll, setAll] = useState(false);
  if (sensors.length === 0) return <p className={prose.note}>{t("none")}</p>;
  return (
    <>
      <ul className={`${classes.recent} ${classes.sensors}`} aria-label={t("sensorsOf", { name })}>
        {sensors.slice(0, isAll ? sensors.length : firstFew).map((sensor) => (
          <li key={sensor.serial}>
            <Link
              className={`${prose.link} ${classes.recentSerial}`}
              to={`/devices/${encodeURIComponent(sensor.serial)}`}
            >
              <SerialText serial={sensor.serial} />
            </Link>
            <span>{sensor.state && <StateBadge state={sensor.state} size="md" />}</span>
            <p className={prose.note}>
              <SensorDates sensor={sensor} timeZone={timeZone} nowMs={nowMs} />
            </p>
          </li>
        ))}
      </ul>
      {sensors.length > firstFew && !isAll && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t("showAll", { count: sensors.length })}
        </Button>
      )}
    </>
  );
}

function SensorDates({
  sensor,
  timeZone,
  nowMs,
}: Pick<PersonSensorsProps, "timeZone" | "nowMs"> & { sensor: PatientSensor }) {
  const t = useMessages("device", "person");
  const recall = useMessages("device", "recall");
  const { language } = usePreferences();
  const { activatedAtMs, endedAtMs, estimatedEndAtMs, lastDataAtMs, askedAtMs, isInDoubt, isRecalled } =
    sensor;
  const date = (timeMs: number) => formatDate(timeMs, timeZone, language);
  const isOpen = endedAtMs === null && sensor.state !== "ended";
  return (
    <Sentences>
      {isRecalled && <strong>{recall("head")}</strong>}
      {!isInDoubt && activatedAtMs !== null && t("started", { date: date(activatedAtMs) })}
      {isInDoubt && t("endInDoubt")}
      {!isInDoubt && endedAtMs !== null && t("ended", { date: date(endedAtMs) })}
      {isOpen &&
        !isInDoubt &&
        estimatedEndAtMs !== null &&
        t(estimatedEndAtMs < nowMs ? "wasToEnd" : "ends", { date: date(estimatedEndAtMs) })}
      {isOpen && lastDataAtMs !== null && t("lastData", { age: formatAge(nowMs - lastDataAtMs, language) })}
      {askedAtMs === null && t("notAsked")}
      {isOpen &&
        askedAtMs !== null &&
        t("asOf", { time: withZone(formatShortDateTime(askedAtMs, timeZone, language), timeZone, language) })}
    </Sentences>
  );
}
