import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ReadingsFileAsked } from "#contract/readings-file.ts";
import { daysIn, type FileEnd, mostPatientDays } from "#contract/readings-file-limits.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";

/** All readings of a sensor that measures every three minutes. */
const readingsADay = 480;
const mostSheetRows = 1_048_576;

class BrokenOff extends Error {}

async function save(asked: ReadingsFileAsked, signal: AbortSignal, onPlace: (place: number) => void) {
  const [{ saveBlob }, { readReadingsFile }] = await Promise.all([
    import("../ui/csv.ts"),
    import("../api/readings-file.ts"),
  ]);
  const { content, end } = await readReadingsFile(asked, signal, onPlace);
  if (end?.patients !== asked.patients.length) throw new BrokenOff();
  saveBlob(`glucose-readings-${new Date(now()).toISOString().slice(0, 10)}.csv`, content);
  return end;
}

/** The readings of the patients chosen as one file for a spreadsheet, as long as this page stays open. */
export function SaveReadings({ asked, isDisabled }: { asked: ReadingsFileAsked; isDisabled: boolean }) {
  const t = useMessages("reports", "readings");
  const number = new Intl.NumberFormat(usePreferences().language).format;
  const [place, setPlace] = useState(0);
  const asking = useRef<AbortController>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const told = ({ patients, readings }: FileEnd) =>
    t("saved", { count: patients, readings: number(readings) });
  const { mutate, isPending, variables, data, error } = useMutation({
    mutationFn: (sent: ReadingsFileAsked) => {
      asking.current = new AbortController();
      setPlace(0);
      return save(sent, asking.current.signal, setPlace);
    },
    onSuccess: (end) => announce(told(end)),
  });
  const patients = asked.patients.length;
  const days = isDisabled ? 0 : daysIn(asked.period);
  const isTooMuch = patients * days > mostPatientDays;
  const isCancelled = error?.name === "AbortError";
  const all = variables?.patients.length ?? 0;
  return (
    <div className={layout.column} data-gap="xs">
      <div className={layout.row} data-gap="sm">
        <Button
          variant="default"
          loading={isPending}
          disabled={isDisabled || isTooMuch}
          onClick={() => mutate(asked)}
        >
          {t("save", { count: patients })}
        </Button>
        {isPending && (
          <Button variant="default" onClick={() => asking.current?.abort()}>
            {t("action.cancel")}
          </Button>
        )}
      </div>
      {isTooMuch && (
        <p role="status">
          {t("tooMuch", {
            count: patients,
            days,
            most: number(mostPatientDays),
            mostPatients: number(Math.floor(mostPatientDays / days)),
            mostDays: number(Math.floor(mostPatientDays / patients)),
          })}
        </p>
      )}
      {!isTooMuch && patients * days * readingsADay > mostSheetRows && (
        <p className={prose.note}>{t("longSheet", { most: number(mostSheetRows) })}</p>
      )}
      {isPending && (
        <div>
          <progress
            className={progress.progress}
            max={all}
            value={Math.max(0, place - 1)}
            aria-label={t("progressName")}
          />
          <p className={prose.note}>
            {place > 0 ? t("progress", { place: number(place), all: number(all) }) : t("waiting")}
          </p>
        </div>
      )}
      {data && !isPending && <p>{told(data)}</p>}
      {isCancelled && !isPending && <p role="status">{t("cancelled")}</p>}
      {error && !isCancelled && !isPending && (
        <Failure
          error={error}
          title={t("notSaved")}
          words={
            error instanceof BrokenOff ? { meaning: t("brokenOff"), next: t("brokenOffNext") } : undefined
          }
        />
      )}
    </div>
  );
}
