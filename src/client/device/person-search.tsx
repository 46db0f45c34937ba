import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate, useNavigationType } from "react-router";
import type { WearersFound } from "#contract/patient-sensors.ts";
import { isWearerSearch } from "#contract/wearer-limits.ts";
import { patientSensorQueries } from "../api/patient-sensors.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { PersonSensors } from "./person-sensors.tsx";
import classes from "./serial.module.css";

let isFirstSearch = true;
/** The page was opened or loaded again, not gone back to: whoever called before is not shown to the next one. */
function useReloadedPlace(): string | null {
  const { key } = useLocation();
  const type = useNavigationType();
  const [place] = useState(() => {
    const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const isBack = load?.type === "back_forward";
    return isFirstSearch && type === "POP" && !isBack ? key : null;
  });
  useEffect(() => {
    isFirstSearch = false;
  }, []);
  return place;
}

/**
 * For who calls without a serial number. What was searched for is kept with this place in the browser's history,
 * so that it stands there again on the way back from a sensor, and in no address.
 */
export function PersonSearch({ nowMs }: { nowMs: number }) {
  const t = useMessages("device", "person");
  const navigate = useNavigate();
  const { key, state } = useLocation();
  const reloaded = useReloadedPlace();
  const kept = (state as { person?: string } | null)?.person;
  const given = key === reloaded ? undefined : kept;
  const asked = given ?? "";
  const [text, setText] = useState(asked);
  const [isTooShort, setTooShort] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const place = useRef(key);
  const isOwn = useRef(false);
  const isMeant = useRef(given !== undefined);
  useEffect(() => {
    if (isMeant.current) field.current?.focus();
  }, []);
  useEffect(() => {
    if (place.current === key) return;
    place.current = key;
    if (isOwn.current) {
      isOwn.current = false;
      return;
    }
    // Opened once more, or typed into the field for serial numbers.
    setText(asked);
    setTooShort(false);
    if (asked) field.current?.focus();
  }, [key, asked]);
  useEffect(() => {
    if (key !== reloaded || kept === undefined) return;
    isOwn.current = true;
    void navigate(".", { replace: true, state: null });
  }, [key, reloaded, kept, navigate]);
  const { data, error, isFetching, refetch } = useQuery(patientSensorQueries.wearers(asked));
  // Whoever was found for other words is not who calls now.
  const isAsAsked = text.trim() === asked;
  const keep = (person: string | null) => {
    isOwn.current = true;
    void navigate(".", { replace: true, state: person === null ? null : { person } });
  };
  const search = () => {
    const q = text.trim();
    const isLong = isWearerSearch(q);
    setTooShort(!isLong);
    if (!isLong) {
      if (asked) keep(null);
    } else if (q === asked) void refetch();
    else keep(q);
  };
  return (
    <section className={layout.column} data-gap="sm" aria-labelledby="device-person">
      <h2 className={classes.recentTitle} id="device-person">
        {t("title")}
      </h2>
      <form
        aria-label={t("title")}
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <TextField
          ref={field}
          label={t("field.person")}
          description={t("hint")}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTooShort(false);
          }}
          error={isTooShort && <span role="alert">{t("tooShort")}</span>}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          around={(box) => (
            <div className={classes.row}>
              {box}
              <Button type="submit" variant="default" loading={isFetching}>
                {t("find")}
              </Button>
            </div>
          )}
        />
      </form>
      {isAsAsked && error && (
        <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />
      )}
      {isAsAsked && data && <People found={data} nowMs={nowMs} />}
    </section>
  );
}

function People({ found: { people, total, isNear }, nowMs }: { found: WearersFound; nowMs: number }) {
  const t = useMessages("device", "person");
  return (
    <>
      <p className={prose.note} role="status">
        {isNear
          ? t("nearly")
          : total > 0 && people.every(({ isSimilarId }) => isSimilarId)
            ? t("similarIds", { count: total })
            : total > people.length
              ? t("tooMany", { count: total, shown: people.length })
              : t(total === 0 ? "nobody" : "work.count", { count: total })}
      </p>
      <ul className={classes.people}>
        {people.map(({ patientId, name, partnerUid, timeZone, sensors, isSimilarId }) => (
          <li key={partnerUid}>
            <h3 className={prose.lesser}>
              {patientId === null ? (
                name
              ) : (
                <Link className={prose.link} to={`/patients/${encodeURIComponent(patientId)}`}>
                  {name}
                </Link>
              )}
            </h3>
            <p className={prose.note} translate="no">
              {partnerUid}
            </p>
            {isSimilarId && <p>{t("similarId")}</p>}
            <PersonSensors name={name} sensors={sensors} timeZone={timeZone} nowMs={nowMs} />
          </li>
        ))}
      </ul>
    </>
  );
}
