import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { WearersFound } from "#contract/patient-sensors.ts";
import { shortestWearerSearch } from "#contract/wearer-limits.ts";
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

/**
 * For who calls without a serial number. What was searched for is kept with this place in the browser's history,
 * so that it stands there again on the way back from a sensor, and in no address.
 */
export function PersonSearch({ nowMs }: { nowMs: number }) {
  const t = useMessages("device", "person");
  const navigate = useNavigate();
  const given = (useLocation().state as { person?: string } | null)?.person;
  const asked = given ?? "";
  const [text, setText] = useState(asked);
  const [isTooShort, setTooShort] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const searched = useRef(asked);
  const isMeant = useRef(given !== undefined);
  useEffect(() => {
    if (isMeant.current) field.current?.focus();
  }, []);
  useEffect(() => {
    if (asked === searched.current) return;
    searched.current = asked;
    if (!asked) return;
    // Typed into the field for serial numbers.
    setText(asked);
    field.current?.focus();
  }, [asked]);
  const { data, error, isFetching, refetch } = useQuery(patientSensorQueries.wearers(asked));
  const search = () => {
    const q = text.trim();
    setTooShort(q.length < shortestWearerSearch);
    if (q.length < shortestWearerSearch) {
      if (asked) void navigate(".", { replace: true, state: null });
      return;
    }
    if (q === asked) void refetch();
    else {
      searched.current = q;
      void navigate(".", { replace: true, state: { person: q } });
    }
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
      {error && <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {data && <People found={data} nowMs={nowMs} />}
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
          : total > people.length
            ? t("tooMany", { count: total, shown: people.length })
            : t(total === 0 ? "nobody" : "work.count", { count: total })}
      </p>
      <ul className={classes.people}>
        {people.map(({ patientId, name, partnerUid, timeZone, sensors }) => (
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
            <PersonSensors name={name} sensors={sensors} timeZone={timeZone} nowMs={nowMs} />
          </li>
        ))}
      </ul>
    </>
  );
}
