import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import type { PatientSensor } from "#contract/patient-sensors.ts";
import { resembles } from "#sensor/typed-serials.ts";
import { formatList } from "#words/list.ts";
import { devicesAlike } from "../api/likely-devices.ts";
import { patientSensorQueries } from "../api/patient-sensors.ts";
import { recallQueries } from "../api/recalls.ts";
import { sessionQuery } from "../api/session.ts";
import { ApiError, type FailureCode } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { useFailureWords } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { ByPerson } from "./by-person.tsx";
import { type AdviceInWords, CallerAdvice } from "./caller-advice.tsx";
import classes from "./device-page.module.css";
import { isNearSerial } from "./near-serial.ts";
import { recalledBy, useRecallWords } from "./recall-words.ts";
import { forgetLookup, useLookups } from "./recent-lookups.ts";
import type { LookUpState } from "./scanned-box.ts";
import { joinedSerial } from "./serial.ts";
import { SerialText } from "./serial-text.tsx";
import { StateBadge } from "./state-badge.tsx";
import { TicketPanel } from "./ticket-panel.tsx";
import { useFailureTicket } from "./use-ticket.ts";

type Trouble = "unknown" | "refused" | "outage";

const outages: readonly FailureCode[] = [
  "offline",
  "proxy-no-answer",
  "bad-answer",
  "internal",
  "platform-unreachable",
  "platform-busy",
  "platform-timeout",
  "platform-error",
  "platform-malformed",
];

function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === "device-unknown") return "unknown";
  if (error.code === "platform-refused") return "refused";
  return outages.includes(error.code) ? "outage" : null;
}

const titles = { unknown: undefined, refused: "refusedTitle", outage: "outageTitle" } as const;
const sayings = { unknown: "unknownSay", refused: "refusedSay", outage: "outageSay" } as const;
const steps = {
  unknown: "step-read-again",
  refused: "step-refer",
  outage: "step-look-up-later",
} as const;

/**
 * Sensors whose serial numbers are easily read or typed as this one: offered, never put in its place. Marks between
 * its characters only group them: what is known without them is shown.
 */
function LikelySerials({ serial }: { serial: string }) {
  const t = useMessages("device", "trouble");
  const { language } = usePreferences();
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const { state } = useLocation();
  const { data: alike, isPending } = useQuery(devicesAlike(serial));
  const joined = joinedSerial(serial);
  const isGrouped = joined !== serial && alike?.sensors.some((one) => one.serial === joined);
  useEffect(() => {
    if (isGrouped) forgetLookup(account, serial);
  }, [isGrouped, account, serial]);
  if (isGrouped)
    return (
      <Navigate
        to={`/devices/${encodeURIComponent(joined)}`}
        state={{ ...state, typed: serial } satisfies LookUpState}
        replace
      />
    );
  return (
    <div role="status">
      {isPending && <p className={prose.note}>{t("likelyWait")}</p>}
      {alike?.isLot && <p>{t("isLot", { serial })}</p>}
      {alike &&
        !alike.isLot &&
        alike.length !== null &&
        alike.length !== joined.length &&
        !endOfSerial.test(serial) && (
          <p>
            {t(joined.length < alike.length ? "shorter" : "longer", {
              serial,
              count: joined.length,
              length: alike.length,
            })}
          </p>
        )}
      {alike?.sensors.length === 0 && alike.tried.length > 0 && (
        <p className={prose.note}>{t("likelyNone", { serials: formatList(alike.tried, language) })}</p>
      )}
      {alike && alike.sensors.length > 0 && (
        <>
          <p>{t("likely")}</p>
          <Offered sensors={alike.sensors} />
        </>
      )}
      {alike && alike.knownTotal > alike.known.length && (
        <p className={prose.note}>{t("likelyMore", { count: alike.knownTotal - alike.known.length })}</p>
      )}
    </div>
  );
}

function Offered({ sensors }: { sensors: readonly Pick<PatientSensor, "serial" | "state">[] }) {
  return (
    <ul className={classes.likely}>
      {sensors.map(({ serial, state }) => (
        <li key={serial}>
          <Link className={`${prose.link} ${classes.near}`} to={`/devices/${encodeURIComponent(serial)}`}>
            <SerialText serial={serial} />
          </Link>
          {state && <StateBadge state={state} size="md" />}
        </li>
      ))}
    </ul>
  );
}

const mostEnding = 5;
/** What callers read out of a serial number. */
const endOfSerial = /^\d{6}$/;

/** Sensors of people here whose serial numbers end with the six digits that were typed, unless they are many. */
function EndingSerials({ digits }: { digits: string }) {
  const t = useMessages("device", "trouble");
  const { data } = useQuery(patientSensorQueries.wearers(digits));
  const sensors = data?.people.flatMap((person) => person.sensors) ?? [];
  const ending = sensors.filter(({ serial }) => serial.endsWith(digits));
  const isFew = data?.total === data?.people.length && ending.length <= mostEnding;
  return (
    <div role="status">
      <p>{t("tooShort", { serial: digits })}</p>
      {data && ending.length === 0 && <p className={prose.note}>{t("endingNone")}</p>}
      {ending.length > 0 && <p>{t(isFew ? "ending" : "endingMany")}</p>}
      {isFew && ending.length > 0 && <Offered sensors={ending} />}
    </div>
  );
}

/** Serials looked up before that are one slip away from this one: offered, never put in its place. */
function NearSerials({ serial }: { serial: string }) {
  const t = useMessages("device", "trouble");
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const { data: alike } = useQuery(devicesAlike(serial));
  const isOffered = (known: string) => alike?.sensors.some((row) => row.serial === known) ?? false;
  const near = useLookups(account).filter(
    ({ state, serial: known }) =>
      state && state !== "device-unknown" && isNearSerial(known, serial) && !isOffered(known),
  );
  if (near.length === 0) return null;
  return (
    <p>
      <Sentences>
        {t("near")}
        {near.map((lookup) => (
          <Link
            className={`${prose.link} ${classes.near}`}
            key={lookup.serial}
            to={`/devices/${encodeURIComponent(lookup.serial)}`}
          >
            <SerialText serial={lookup.serial} />
          </Link>
        ))}
      </Sentences>
    </p>
  );
}

/** What to tell the caller: of a number that stands in a recall that first, whatever the platform says of it. */
function useTroubleAdvice(serial: string, trouble: Trouble | null): AdviceInWords {
  const t = useMessages("device", "trouble");
  const advice = useMessages("device", "advice");
  const wordsOf = useRecallWords();
  const { language } = usePreferences();
  const recalls = useQuery(recallQueries.ofDevice(serial)).data ?? [];
  const recalled = recalledBy(recalls);
  const other = trouble === "unknown" ? resembles(serial) : null;
  const saying = other ? t(`resembles-${other}`) : t(trouble ? sayings[trouble] : "otherSay");
  const step = trouble ? steps[trouble] : "step-look-up-later";
  if (!recalled) return { saying, step: other ? t("step-read-serial") : advice(step), afterwards: null };
  return {
    saying: [
      advice("say-recalled-unsure"),
      recalled.hasInstruction ? wordsOf(recalls, false) : advice("wearersUnsaid"),
      ...(trouble === "refused" ? [t("refusedRecalled")] : []),
    ].join(language === "en" ? " " : ""),
    step: advice(step),
    afterwards: trouble === "unknown" ? advice("then-tell-if-it-is") : null,
  };
}

/** Why there is no answer for this serial, and what the agent can tell the caller. */
export function DeviceTrouble({
  serial,
  error,
  atMs,
  onRetry,
}: {
  serial: string;
  error: Error;
  /** When it failed. */
  atMs: number;
  onRetry: () => void;
}) {
  const t = useMessages("device", "trouble");
  const trouble = troubleOf(error);
  const title = trouble ? titles[trouble] : "otherTitle";
  const words = useFailureWords(error);
  const account = useQuery(sessionQuery).data?.user.id ?? "";
  const advice = useTroubleAdvice(serial, trouble);
  const ticket = useFailureTicket(serial, title ? t(title) : words.title, advice, { error, atMs });
  return (
    <div className={layout.column}>
      <Failure
        isAnswer
        error={error}
        title={title && t(title)}
        words={{ meaning: words.meaning, next: "" }}
        onRetry={trouble === "refused" ? undefined : onRetry}
      />
      <CallerAdvice {...advice} />
      {trouble === "unknown" && (
        <>
          <div>
            <ByPerson text={serial} replace onGo={() => forgetLookup(account, serial)} />
          </div>
          {endOfSerial.test(serial) && <EndingSerials digits={serial} />}
          <LikelySerials serial={serial} />
          <NearSerials serial={serial} />
        </>
      )}
      <TicketPanel serial={serial} ticket={ticket} />
    </div>
  );
}
