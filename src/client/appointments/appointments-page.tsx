import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useRef } from "react";
import type { Appointment } from "#contract/appointments.ts";
import { localDayOf } from "#glucose/local-time.ts";
import { appointmentsQuery, changeAppointments } from "../api/appointments.ts";
import type { ListView } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { Who } from "../ui/who.tsx";
import classes from "./appointments.module.css";
import { byTime } from "./by-time.ts";
import { PasteForm } from "./paste-form.tsx";
import { Picking } from "./picking.tsx";

/** `/appointments`: whom one sees today, pasted or picked. They are a view of the list, until the day is over. */
export function AppointmentsPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <Own key={owner} owner={owner} /> : null;
}

function Own({ owner }: { owner: string }) {
  const t = useMessages("appointments");
  const { data: patients, error, refetch } = useQuery(appointmentsQuery(owner));
  const change = useMutation(changeAppointments(owner));
  const save = (unordered: readonly Appointment[], onSaved?: () => void) => {
    const next = byTime(unordered);
    const times = Object.fromEntries(next.flatMap(({ id, time }) => (time === null ? [] : [[id, time]])));
    change.mutate(
      { ids: next.map(({ id }) => id), times, untilMs: localDayOf(now(), viewerZone).endMs },
      { onSuccess: onSaved },
    );
  };
  const add = (more: readonly Appointment[], onAdded: () => void, at?: number) => {
    const before = patients ?? [];
    const times = new Map(more.map(({ id, time }) => [id, time]));
    const kept = before.map((one) => ({ ...one, time: times.get(one.id) ?? one.time }));
    const fresh = more.filter(({ id }) => before.every((one) => one.id !== id));
    const isMoved = kept.some(({ time }, place) => time !== before[place]?.time);
    if (fresh.length > 0 || isMoved) save(kept.toSpliced(at ?? kept.length, 0, ...fresh), onAdded);
    else onAdded();
  };
  return (
    <Page title={t("appointments")} lead={t("lead")}>
      <div className={classes.page}>
        {change.error && <Failure error={change.error} title={t("notSaved")} />}
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!patients && !error && <Loading height="8rem" label={t("loading")} />}
        {patients && (
          <>
            <Chosen
              owner={owner}
              patients={patients}
              isPending={change.isPending}
              onChange={save}
              onClear={(onCleared) => change.mutate(null, { onSuccess: onCleared })}
            />
            <PasteForm
              owner={owner}
              chosen={patients}
              isPending={change.isPending}
              onAdd={add}
              onTakeOut={(ids, onDone) =>
                save(
                  patients.filter(({ id }) => !ids.has(id)),
                  onDone,
                )
              }
            />
            <Picking
              chosen={patients}
              isPending={change.isPending}
              onAdd={(patient, onAdded) => add([{ ...patient, time: null }], onAdded)}
            />
          </>
        )}
      </div>
    </Page>
  );
}

/** The list of today's appointments, in their order. */
const ofToday: ListView = { filter: { appointments: true }, sort: "appointments", down: false };

interface ChosenProps {
  owner: string;
  patients: readonly Appointment[];
  isPending: boolean;
  onChange: (patients: readonly Appointment[]) => void;
  onClear: (onCleared: () => void) => void;
}

/** In their order, which is that of their times. */
function Chosen({ owner, patients, isPending, onChange, onClear }: ChosenProps) {
  const t = useMessages("appointments");
  const heading = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const archived = patients.filter(({ isArchived }) => isArchived).length;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} ref={title} tabIndex={-1}>
        {t("today", { count: patients.length })}
      </h2>
      {patients.length === 0 && <p className={prose.dimmed}>{t("none")}</p>}
      <ol className={classes.people} aria-labelledby={heading}>
        {patients.map((patient) => (
          <li key={patient.id}>
            <TimeField
              patient={patient}
              onChange={(time) =>
                onChange(patients.map((one) => (one.id === patient.id ? { ...one, time } : one)))
              }
            />
            <Who patient={patient} isLink>
              {patient.isArchived && <strong>{t("archived")}</strong>}
            </Who>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isPending}
              onClick={() => onChange(patients.filter(({ id }) => id !== patient.id))}
            >
              {t("remove")}
            </Button>
          </li>
        ))}
      </ol>
      {archived > 0 && (
        <p className={layout.belowXs}>
          {t("archivedToday", { count: archived })}{" "}
          <Link
            className={`${prose.link} ${prose.underlined}`}
            to="/patients?appointments=1&archived=1&sort=appointments"
          >
            {t("showArchive")}
          </Link>
        </p>
      )}
      {patients.length > 0 && (
        <div className={layout.row} data-gap="xs">
          <ButtonLink to="/patients?appointments=1&sort=appointments">{t("showList")}</ButtonLink>
          <ButtonLink to="/reports" state={{ list: { owner, view: ofToday, q: "" } }} variant="default">
            {t("reports")}
          </ButtonLink>
          <ConfirmButton
            words={t("clear")}
            sure={t("clearSure", { count: patients.length })}
            keep={t("action.cancel")}
            disabled={isPending}
            onConfirm={() =>
              onClear(() => {
                title.current?.focus();
                announce(t("cleared"));
              })
            }
          />
        </div>
      )}
    </section>
  );
}

interface TimeFieldProps {
  patient: Appointment;
  /** Null where there is none. */
  onChange: (time: string | null) => void;
}

/** Taken over when it is left: rows do not move under the hand. */
function TimeField({ patient: { name, time }, onChange }: TimeFieldProps) {
  const t = useMessages("appointments");
  return (
    <input
      key={time}
      type="time"
      className={classes.time}
      aria-label={t("timeOf", { name })}
      defaultValue={time ?? ""}
      onBlur={({ currentTarget: { value } }) => {
        if (value !== (time ?? "")) onChange(value || null);
      }}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
