import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient } from "#contract/appointments.ts";
import { localDayOf } from "#glucose/local-time.ts";
import { appointmentsQuery, changeAppointments } from "../api/appointments.ts";
import { patientQueries } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Dotted } from "../ui/dotted.tsx";
import { Failure } from "../ui/failure.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/time.ts";
import { useSettled } from "../ui/use-settled.ts";
import classes from "./appointments.module.css";
import { PasteForm } from "./paste-form.tsx";

/** `/appointments`: whom one sees today, pasted or picked. They are a view of the list, until the day is over. */
export function AppointmentsPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <Own key={owner} owner={owner} /> : null;
}

function Own({ owner }: { owner: string }) {
  const t = useMessages("appointments");
  const { data: patients, error, refetch } = useQuery(appointmentsQuery(owner));
  const change = useMutation(changeAppointments(owner));
  const save = (next: readonly AppointedPatient[]) =>
    change.mutate({ ids: next.map(({ id }) => id), untilMs: localDayOf(now(), viewerZone).endMs });
  const add = (more: readonly AppointedPatient[]) => {
    const kept = patients ?? [];
    const fresh = more.filter(({ id }) => kept.every((one) => one.id !== id));
    if (fresh.length > 0) save([...kept, ...fresh].slice(0, mostAppointments));
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
              patients={patients}
              isPending={change.isPending}
              onChange={save}
              onClear={() => change.mutate(null)}
            />
            <PasteForm owner={owner} chosen={patients} isPending={change.isPending} onAdd={add} />
            <Picking chosen={patients} isPending={change.isPending} onAdd={(patient) => add([patient])} />
          </>
        )}
      </div>
    </Page>
  );
}

interface ChosenProps {
  patients: readonly AppointedPatient[];
  isPending: boolean;
  onChange: (patients: readonly AppointedPatient[]) => void;
  onClear: () => void;
}

/** In their order. */
function Chosen({ patients, isPending, onChange, onClear }: ChosenProps) {
  const t = useMessages("appointments");
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{t("today", { count: patients.length })}</h2>
      {patients.length === 0 && <p className={prose.dimmed}>{t("none")}</p>}
      <ol className={classes.people} aria-labelledby={heading}>
        {patients.map((patient) => (
          <li key={patient.id}>
            <Who patient={patient} isLink />
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
      {patients.length > 0 && (
        <div className={layout.row} data-gap="xs">
          <ButtonLink to="/patients?appointments=1&sort=appointments">{t("showList")}</ButtonLink>
          <ConfirmButton
            words={t("clear")}
            sure={t("clearSure", { count: patients.length })}
            keep={t("action.cancel")}
            disabled={isPending}
            onConfirm={onClear}
          />
        </div>
      )}
    </section>
  );
}

/** What tells two people of one name apart. */
export function Who({ patient, isLink = false }: { patient: AppointedPatient; isLink?: boolean }) {
  const words = useIdentityWords();
  const { id, name, partnerUid, dateOfBirth, hospitalNumber } = patient;
  return (
    <span>
      {isLink ? (
        <Link className={`${prose.link} ${prose.underlined}`} to={`/patients/${id}`}>
          {name}
        </Link>
      ) : (
        <strong>{name}</strong>
      )}{" "}
      <span className={prose.note}>
        <Dotted>
          {partnerUid}
          {dateOfBirth && words.born(dateOfBirth)}
          {hospitalNumber && words.hospitalNumber(hospitalNumber)}
        </Dotted>
      </span>
    </span>
  );
}

const pauseMs = 200;

/** One by one. */
function Picking({
  chosen,
  isPending,
  onAdd,
}: {
  chosen: readonly AppointedPatient[];
  isPending: boolean;
  onAdd: (patient: AppointedPatient) => void;
}) {
  const t = useMessages("appointments");
  const app = useMessages("app");
  const [text, setText] = useState("");
  const q = useSettled(text.trim(), pauseMs);
  const { data, error } = useQuery(patientQueries.matching(q));
  const offered = (data ?? []).filter(({ id }) => chosen.every((one) => one.id !== id));
  return (
    <section>
      <TextField
        label={t("pick")}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error && <Failure error={error} />}
      {q && data && (
        <ul className={classes.people} aria-label={app("searchFor.found")}>
          {offered.map((patient) => (
            <li key={patient.id}>
              <Who patient={patient} />
              <Button size="compact-sm" variant="default" disabled={isPending} onClick={() => onAdd(patient)}>
                {t("action.add")}
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li>{t("noneFound")}</li>}
        </ul>
      )}
    </section>
  );
}
