import type { DeviceRow } from "#contract/device-worklist.ts";
import { localClock } from "#glucose/local-time.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatAge, formatShortDateTime, formatTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { withZone } from "../ui/viewer-zone.ts";
import { useAdviceWords } from "./caller-advice.tsx";
import { SerialText } from "./serial-text.tsx";
import classes from "./work.module.css";
import { WorkActs } from "./work-acts.tsx";
import { type DoneAct, DoneHere } from "./work-done.tsx";
import { useWorkWords } from "./work-words.ts";

/** Earlier and later in the day nobody is called. */
const dayFromHour = 8;
const dayToHour = 21;

/** What was found longer ago says so. */
const freshMs = 20 * minuteMs;
const isOld = ({ asOfMs }: DeviceRow, nowMs: number) => nowMs - asOfMs > freshMs;
const silentThen = {
  saying: "silent-as-of",
  replacement: null,
  and: null,
  step: "look-up-later",
  durationMs: null,
  endsAtMs: null,
  share: null,
  recall: null,
} as const;

interface WorkRowProps {
  row: DeviceRow;
  nowMs: number;
  /** What was done with it on this page. */
  done: DoneAct | null;
  onDone: (done: DoneAct) => void;
  onTakenBack: () => void;
}

/** One person: who they are, what is wrong and what to say about it, what is known of the sensor, what to do. */
export function WorkRow({ row, nowMs, done, onDone, onTakenBack }: WorkRowProps) {
  const { name, partnerUid, sensor } = row;
  return (
    <li className={classes.item}>
      <div className={classes.who}>
        <h3 className={classes.name}>
          {sensor ? (
            <Link to={`/devices/${encodeURIComponent(sensor.serial)}`}>{name}</Link>
          ) : (
            <span tabIndex={-1}>{name}</span>
          )}
        </h3>
        <p className={classes.uid} translate="no">
          {partnerUid}
        </p>
        {sensor && (
          <p className={prose.small}>
            <SerialText serial={sensor.serial} />
          </p>
        )}
      </div>
      <div className={classes.why}>
        {done?.kind !== "handOver" && <HandedOver row={row} nowMs={nowMs} />}
        <Reasons row={row} nowMs={nowMs} />
        {row.case && <CaseLine of={row.case} />}
      </div>
      <Facts row={row} nowMs={nowMs} />
      <div className={classes.acts}>
        {done === null ? (
          <WorkActs row={row} nowMs={nowMs} onDone={onDone} onTakenBack={onTakenBack} />
        ) : (
          <DoneHere row={row} done={done} onTakenBack={onTakenBack} />
        )}
      </div>
    </li>
  );
}

function HandedOver({ row: { handOver }, nowMs }: { row: DeviceRow; nowMs: number }) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  if (!handOver) return null;
  const said = {
    name: handOver.by.name ?? t("someone"),
    age: formatAge(nowMs - handOver.atMs, language),
  };
  return (
    <>
      <p className={classes.handOver} data-to={handOver.to}>
        {handOver.to === "support" ? t("handedOverBy", said) : t(`with-${handOver.to}`, said)}
      </p>
      {handOver.words && <p className={classes.words}>{t("wordsOf", { words: handOver.words })}</p>}
    </>
  );
}

function CaseLine({
  of: { id, state, calls, replacementSerial, isReplacementRecalled },
}: {
  of: NonNullable<DeviceRow["case"]>;
}) {
  const t = useMessages("device", "work");
  const more = [
    t("caseCalls", { count: calls }),
    ...(replacementSerial === null
      ? []
      : [t(isReplacementRecalled ? "caseReplacedRecalled" : "caseReplaced", { serial: replacementSerial })]),
  ];
  return (
    <p className={prose.small}>
      <Link className={prose.link} to={`/cases/${encodeURIComponent(id)}`}>
        {t(`case-${state}`)}
      </Link>
      {` · ${more.join(" · ")}`}
    </p>
  );
}

function Reasons({ row, nowMs }: { row: DeviceRow; nowMs: number }) {
  const t = useMessages("device", "work");
  const { reasons, review, handOver, asOfMs, timeZone } = row;
  const advice = useAdviceWords();
  const words = useWorkWords(nowMs);
  if (reasons.length === 0)
    return (
      <p className={prose.note}>
        {handOver
          ? handOver.words
            ? t("noFault")
            : t("noReason", { name: handOver.by.name ?? t("someone") })
          : t("wasHandedOver")}
      </p>
    );
  return (
    <ul className={classes.reasons}>
      {reasons.map((reason) => (
        <li key={reason.key}>
          <span className={classes.chip} data-reason={reason.key}>
            {words.chip(reason, row)}
          </span>
          {review && reason.isNew && <span className={classes.new}>{t("new")}</span>}
          <span className={classes.say}>
            {reason.cause && `${words.cause(reason)} `}
            {reason.key === "silent" && isOld(row, nowMs)
              ? advice({ ...silentThen, atMs: asOfMs }, { timeZone, owner: { kind: "patient" } }, nowMs)
                  .saying
              : words.say(reason, row)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ row, nowMs }: { row: DeviceRow; nowMs: number }) {
  const t = useMessages("device", "work");
  const known = useMessages("device", "life");
  const { language } = usePreferences();
  const { percent } = useWorkWords(nowMs);
  const { lastReadingAtMs, sensor, isInDoubt, data, asOfMs, timeZone, waitingSinceMs, reasons, handOver } =
    row;
  const at = (timeMs: number) =>
    withZone(formatShortDateTime(timeMs, timeZone, language), timeZone, language);
  const end = sensor?.endedAtMs ?? sensor?.estimatedEndAtMs ?? null;
  const hour = Number(localClock(nowMs, timeZone).text.slice(11, 13));
  const isNight = hour < dayFromHour || hour >= dayToHour;
  const localTime = withZone(formatTime(nowMs, timeZone, language), timeZone, language);
  // The chip or the line of the hand-over says it.
  const isSaid = handOver?.to === "support" || reasons[0]?.sinceMs !== undefined;
  const silentFor = reasons.find(({ key }) => key === "silent");
  const isLittle = reasons.some(({ key }) => key === "little-data");
  // How long somebody is silent is as of when the platform last told: so are both ages.
  const toldMs = silentFor && lastReadingAtMs !== null ? lastReadingAtMs + silentFor.value * minuteMs : null;
  const isToldOfThen = toldMs === null ? isOld(row, nowMs) : nowMs - toldMs >= minuteMs;
  const facts: [string, string | null][] = [
    [t("localTime"), isNight ? `${localTime}, ${t("night")}` : localTime],
    [t("found"), isSaid || waitingSinceMs === null ? null : formatAge(nowMs - waitingSinceMs, language)],
    [
      t("lastReading"),
      lastReadingAtMs === null ? t("never") : formatAge((toldMs ?? nowMs) - lastReadingAtMs, language),
    ],
    [t("dataOf", { count: data?.days ?? 14 }), isLittle ? null : data && percent(data.percent)],
    isInDoubt
      ? [known("end"), known("inDoubt")]
      : [t(sensor?.endedAtMs ? "ended" : "ends"), end === null ? null : at(end)],
    [t("asOf"), isToldOfThen ? formatAge(nowMs - (toldMs ?? asOfMs), language) : null],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
