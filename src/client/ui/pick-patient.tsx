import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { AppointedPatient } from "#contract/appointments.ts";
import type { RosterPage } from "#contract/roster.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { Failure } from "./failure.tsx";
import { meantBy } from "./meant-by.ts";
import classes from "./pick-patient.module.css";
import { TextField } from "./text-field.tsx";
import { useSettled } from "./use-settled.ts";
import { Who } from "./who.tsx";

const pauseMs = 200;

export type PickedPatient = Omit<AppointedPatient, "isArchived">;

interface PickPatientProps {
  label: string;
  isChosen: (patient: { id: string }) => boolean;
  /** What is said of somebody who is chosen. */
  already: string;
  /** What is said where nobody more can be chosen; null where somebody can. */
  full: string | null;
  isPending?: boolean;
  onPick: (patient: PickedPatient) => void;
}

/** Finds patients to be chosen one by one. */
export function PickPatient({ label, isChosen, already, full, isPending = false, onPick }: PickPatientProps) {
  const t = useMessages("appointments");
  const app = useMessages("app");
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  /** Enter may come before the answer does. */
  const [isAsked, setAsked] = useState(false);
  const typed = text.trim();
  const q = useSettled(typed, pauseMs);
  const { data, error } = useQuery(patientQueries.found(q));
  const offered = (data?.rows ?? []).filter((patient) => !isChosen(patient));
  const pick = (patient: PickedPatient) => {
    setText("");
    field.current?.focus();
    onPick(patient);
  };
  const whyNone = ({ rows, outsideFilter }: RosterPage) => {
    if (rows.length > 0) return already;
    return outsideFilter.archived > 0 ? t("inArchive", { count: outsideFilter.archived }) : t("noneFound");
  };
  useEffect(() => {
    if (!isAsked || isPending || q !== typed || (!data && !error)) return;
    setAsked(false);
    if (!data) return;
    const meant = meantBy(typed, data, isChosen);
    const [only] = meant;
    if (!only) announce(data.rows.length > 0 ? t("chooseOne") : whyNone(data));
    else if (meant.length > 1) announce(t("chooseOne"));
    else if (isChosen(only)) announce(already);
    else if (full !== null) announce(full);
    else pick(only);
  });
  return (
    <>
      <TextField
        ref={field}
        label={label}
        description={t("pickHint")}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setAsked(false);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          // The Enter that ends a word in an input method is not meant for the field.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (typed) setAsked(true);
        }}
      />
      {q === typed && error && <Failure error={error} />}
      {typed && q === typed && data && (
        <ul className={classes.people} aria-label={app("searchFor.found")}>
          {offered.map((patient) => (
            <li key={patient.id}>
              <Who patient={patient} />
              <Button
                size="compact-sm"
                variant="default"
                disabled={isPending || full !== null}
                onClick={() => pick(patient)}
              >
                {t("action.add")}
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li>{whyNone(data)}</li>}
        </ul>
      )}
    </>
  );
}
