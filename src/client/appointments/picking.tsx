import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient } from "#contract/appointments.ts";
import type { RosterPage } from "#contract/roster.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { meantBy } from "../ui/meant-by.ts";
import { TextField } from "../ui/text-field.tsx";
import { useSettled } from "../ui/use-settled.ts";
import { Who } from "../ui/who.tsx";
import classes from "./appointments.module.css";

const pauseMs = 200;

type Picked = Omit<AppointedPatient, "isArchived">;

interface PickingProps {
  chosen: readonly AppointedPatient[];
  isPending: boolean;
  onAdd: (patient: AppointedPatient, onAdded: () => void) => void;
}

/** One by one. */
export function Picking({ chosen, isPending, onAdd }: PickingProps) {
  const t = useMessages("appointments");
  const app = useMessages("app");
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  /** Enter may come before the answer does. */
  const [isAsked, setAsked] = useState(false);
  const typed = text.trim();
  const q = useSettled(typed, pauseMs);
  const { data, error } = useQuery(patientQueries.found(q));
  const isChosen = ({ id }: Picked) => chosen.some((one) => one.id === id);
  const offered = (data?.rows ?? []).filter((patient) => !isChosen(patient));
  const isFull = chosen.length >= mostAppointments;
  const add = (patient: Picked) => {
    setText("");
    field.current?.focus();
    const { name, partnerUid } = patient;
    onAdd({ ...patient, isArchived: false }, () => announce(t("addedNamed", { name, partnerUid })));
  };
  const whyNone = ({ rows, outsideFilter }: RosterPage) => {
    if (rows.length > 0) return t("allChosen");
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
    else if (isChosen(only)) announce(t("allChosen"));
    else if (isFull) announce(t("dayFull", { most: mostAppointments }));
    else add(only);
  });
  return (
    <section>
      <TextField
        ref={field}
        label={t("pick")}
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
                disabled={isPending || isFull}
                onClick={() => add(patient)}
              >
                {t("action.add")}
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li>{whyNone(data)}</li>}
        </ul>
      )}
    </section>
  );
}
