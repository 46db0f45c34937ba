import type { CSSProperties } from "react";
import type { UnownedDevice } from "#contract/device.ts";
import { formatDateTime, formatDuration } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import type { DeviceLife, LifeStep, Step } from "./device-life.ts";
import classes from "./life-timeline.module.css";

const names = {
  bound: "stepBound",
  activated: "stepActivated",
  "expected-end": "stepExpectedEnd",
  ended: "stepEnded",
} as const satisfies Record<Step, string>;

const at = (position: number, to = position) => ({ "--at": position, "--to": to }) as CSSProperties;

/** Lines from each place on the scale to its words: across on a wide screen, downwards on a narrow one. */
function Leaders({ steps, down }: { steps: readonly LifeStep[]; down: boolean }) {
  return (
    <svg
      className={down ? classes.leadersDown : classes.leadersAcross}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {steps.map(({ step, position }, index) => {
        if (position === null) return null;
        const from = position * 100;
        const to = ((index + 0.5) / steps.length) * 100;
        const points = down
          ? `0,${from} 30,${from} 70,${to} 100,${to}`
          : `${from},0 ${from},30 ${to},70 ${to},100`;
        return <polyline key={step} points={points} />;
      })}
    </svg>
  );
}

function Scale({ life }: { life: DeviceLife }) {
  const t = useMessages("device", "life");
  return (
    <div className={classes.scale} aria-hidden="true">
      {life.worn && <span className={classes.worn} style={at(life.worn.from, life.worn.to)} />}
      {life.left && <span className={classes.left} style={at(life.left.from, life.left.to)} />}
      {life.dayPositions.map((position) => (
        <span key={position} className={classes.day} style={at(position)} />
      ))}
      {life.steps.map(
        ({ step, phase, position }) =>
          position !== null && (
            <span key={step} className={classes.mark} data-phase={phase} style={at(position)} />
          ),
      )}
      {life.nowPosition !== null && (
        <span className={classes.now} style={at(life.nowPosition)}>
          <span>{t("now")}</span>
        </span>
      )}
    </div>
  );
}

interface StepItemProps {
  device: UnownedDevice;
  step: LifeStep;
  isInDoubt: boolean;
  nowMs: number;
}

function StepItem({ device, step, isInDoubt, nowMs }: StepItemProps) {
  const t = useMessages("device", "life");
  const { language } = usePreferences();
  const { atMs, phase } = step;
  const isOver = device.state === "ended" || device.state === "unknown";
  const undated =
    phase === "reached" || isOver ? "noDate" : step.step === "expected-end" ? "notSet" : "notYet";
  return (
    <li data-phase={phase}>
      <p className={prose.strong}>{t(names[step.step])}</p>
      {atMs === null ? (
        <p className={prose.note}>{t(undated)}</p>
      ) : (
        <p className={prose.small}>
          <time dateTime={new Date(atMs).toISOString()}>
            {formatDateTime(atMs, device.timeZone, language)}
          </time>
        </p>
      )}
      {atMs !== null && isInDoubt && <p className={prose.note}>{t("inDoubt")}</p>}
      {atMs !== null && !isInDoubt && phase === "ahead" && (
        <p className={prose.note}>{t("ahead", { duration: formatDuration(atMs - nowMs, language) })}</p>
      )}
    </li>
  );
}

/**
 * Bound, activated, expected end, ended: in the order of their dates, on one scale.
 * Without any date there is nothing to draw. Of dates in doubt none says how long is left.
 */
export function LifeTimeline({
  device,
  life,
  isInDoubt,
  nowMs,
}: {
  device: UnownedDevice;
  life: DeviceLife;
  isInDoubt: boolean;
  nowMs: number;
}) {
  const t = useMessages("device", "life");
  return (
    <section aria-labelledby="device-life-title" id="device-life" tabIndex={-1}>
      <h2 id="device-life-title">{t("life")}</h2>
      {life.span ? (
        <>
          <p className={prose.note}>
            {t("timesIn", { zone: device.timeZone })}
            {life.dayPositions.length > 0 && ` · ${t("toScale")}`}
          </p>
          <div className={classes.timeline}>
            <Scale life={isInDoubt ? { ...life, left: null } : life} />
            <Leaders steps={life.steps} down={false} />
            <Leaders steps={life.steps} down />
            <ol className={classes.steps}>
              {life.steps.map((step) => (
                <StepItem key={step.step} device={device} step={step} isInDoubt={isInDoubt} nowMs={nowMs} />
              ))}
            </ol>
          </div>
        </>
      ) : (
        <p>{t("noDates")}</p>
      )}
    </section>
  );
}
