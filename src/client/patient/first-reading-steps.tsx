import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import { parseSerial } from "#contract/serial.ts";
import { formatGlucose } from "#glucose/units.ts";
import { formatAge, formatDateTime } from "#words/time.ts";
import { deviceQueries } from "../api/devices.ts";
import { patientQueries } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { realMs, useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useDraft } from "../ui/draft.ts";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { useSettled } from "../ui/use-settled.ts";
import classes from "./patient.module.css";
import { SaveLeaflet } from "./save-leaflet.tsx";

const steps = ["stepRegistered", "stepBound", "stepWarmUp", "firstReading"] as const;
const pauseMs = 400;
const followMs = 15_000;

type Awaiting = "waiting" | "bound" | "warming-up";
/** Which step is awaited; of the warm-up, the one under way. */
const current: Record<Awaiting, number> = { waiting: 1, bound: 2, "warming-up": 2 };

interface FirstReadingStepsProps {
  patient: Patient;
  stage: "waiting" | "warming-up";
}

/**
 * What happens next, from registration to the first reading. It follows the platform by itself.
 * The platform names a user's sensor by its first record only; with the serial number at hand
 * it is seen bound and activated before.
 */
export function FirstReadingSteps({ patient, stage }: FirstReadingStepsProps) {
  const t = useMessages("onboarding", "firstReadingSteps");
  const owner = useQuery(sessionQuery).data?.user.id ?? "";
  const [typed, setTyped] = useDraft(`sensor-of-${patient.id}`, owner, "");
  const settled = useSettled(typed, pauseMs);
  const serial = parseSerial(settled);
  const sensor = useQuery({
    ...deviceQueries.lifeForGaps(serial ?? ""),
    enabled: stage === "waiting" && serial !== null,
    staleTime: 0,
    refetchInterval: () => realMs(followMs),
  });
  const isTheirs = sensor.data?.owner.kind === "patient" && sensor.data.owner.patientId === patient.id;
  const step = stage === "waiting" && isTheirs ? awaitedOf(sensor.data) : stage;
  const { name, partnerUid } = patient;
  return (
    <div className={`${frame.frame} ${frame.wide} ${layout.belowLg}`}>
      <div role="status">
        <h2>{t(`${step}-title`)}</h2>
        <p className={layout.aboveXs}>{t(`${step}-text`, { name, partnerUid })}</p>
      </div>
      {step === "warming-up" && <WarmUp patient={patient} seen={isTheirs ? sensor.data : undefined} />}
      <ol className={classes.steps}>
        {steps.map((name, index) => {
          const state =
            index < current[step] ? "stepDone" : index === current[step] ? "stepNow" : "stepLater";
          return (
            <li key={name} data-state={state} aria-current={state === "stepNow" ? "step" : undefined}>
              <strong>{t(name)}</strong>
              <small>{t(state === "stepNow" && step === "warming-up" ? "stepUnderWay" : state)}</small>
            </li>
          );
        })}
      </ol>
      {stage === "waiting" && (
        <TextField
          className={classes.serial}
          label={t("serial")}
          description={t("serialHint")}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          error={sensor.error && serial ? <SerialFailure error={sensor.error} /> : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {stage === "waiting" && sensor.data && !sensor.error && (
        <p className={`${prose.small} ${layout.aboveXs}`} role="status">
          {isTheirs
            ? t("serial-theirs")
            : t(sensor.data.owner.kind === "nobody" ? "serial-unbound" : "serial-else")}
        </p>
      )}
      {stage === "waiting" && <SaveLeaflet patientId={patient.id} />}
    </div>
  );
}

/**
 * Since when it warms up, as far as the platform tells, and what it has
 * sent meanwhile, which is no reading yet.
 */
function WarmUp({ patient, seen }: { patient: Patient; seen: Device | undefined }) {
  const t = useMessages("onboarding", "firstReadingSteps");
  const { unit, language } = usePreferences();
  const nowMs = useNow();
  const { data: summary } = useQuery(patientQueries.summary(patient.id));
  const sinceMs = summary?.sensor?.activatedAtMs ?? seen?.activatedAtMs;
  const latest = summary?.latest;
  const ageOf = (timeMs: number) => formatAge(nowMs - timeMs, language);
  return (
    <>
      {sinceMs != null && (
        <p className={layout.aboveXs}>
          {t("since", { since: formatDateTime(sinceMs, patient.timeZone, language), age: ageOf(sinceMs) })}
        </p>
      )}
      {latest?.warmUp && (
        <p className={`${prose.note} ${layout.aboveXs}`}>
          {t("warmUpValue", {
            value: `${formatGlucose(latest.valueMmolL, unit)} ${unit}`,
            age: ageOf(latest.timeMs),
          })}
        </p>
      )}
    </>
  );
}

const awaitedOf = (sensor: Device | undefined): Awaiting => {
  if (sensor?.state === "activated") return "warming-up";
  return sensor?.state === "bound" ? "bound" : "waiting";
};

function SerialFailure({ error }: { error: Error }) {
  return useFailureLine(error);
}
