import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { formatCalendarDate } from "#words/time.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { readingsQueries } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import layout from "../ui/layout.module.css";
import { useWhoWords } from "../ui/likely-duplicates.tsx";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { useSettled } from "../ui/use-settled.ts";
import classes from "./record.module.css";
import { useRefusal } from "./refusal.ts";

const pauseMs = 200;

/** Two records of one person become one, and can be taken apart again. */
export function MergePanel({ patient }: { patient: Patient }) {
  const t = useMessages("record");
  const merged = useQuery(patientQueries.merged(patient.id)).data ?? [];
  const merge = useMutation(patientMutations.merge);
  const refusal = useRefusal(merge.error);
  return (
    <section className={classes.panel} aria-labelledby="merge">
      <h2 id="merge">{t("merge")}</h2>
      <p>{t("mergeText")}</p>
      {merge.error && <Failure error={merge.error} title={t("nothingChanged")} words={refusal} />}
      {patient.mergedInto && (
        <div className={layout.row}>
          <p>{t("isMerged", { name: patient.name })}</p>
          <Link className={prose.link} to={`/patients/${patient.mergedInto}`}>
            {t("openOther")}
          </Link>
          <Button
            variant="default"
            loading={merge.isPending}
            onClick={() => merge.mutate({ id: patient.id, into: null })}
          >
            {t("unmerge")}
          </Button>
        </div>
      )}
      {merged.length > 0 && (
        <ul className={classes.merged}>
          {merged.map(({ id, name, partnerUid }) => (
            <li key={id}>
              <span>
                {name} <code>{partnerUid}</code>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                loading={merge.isPending}
                onClick={() => merge.mutate({ id, into: null })}
              >
                {t("unmerge")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!patient.mergedInto && (
        <OtherRecord
          patient={patient}
          isPending={merge.isPending}
          onMerge={(other) => merge.mutate({ id: other.id, into: patient.id })}
        />
      )}
    </section>
  );
}

/** Whether both have been measured at once lately, which one person seldom is. */
function Overlap({ ids }: { ids: readonly [string, string] }) {
  const t = useMessages("record");
  const { data, error } = useQuery(readingsQueries.hoursOfBoth(ids));
  if (error) return <p>{t("overlapUnknown")}</p>;
  if (data === undefined) return <p className={prose.dimmed}>{t("overlapPending")}</p>;
  return data > 1 ? (
    <Notice color="orange" role="alert">
      {t("overlap", { count: data })}
    </Notice>
  ) : (
    <p>{t("overlapNone")}</p>
  );
}

/** One person has one date of birth. */
function Births({ own, other }: { own: string | null; other: string | null }) {
  const t = useMessages("record");
  const { language } = usePreferences();
  if (own === null || other === null || own === other) return null;
  const date = (of: string) => formatCalendarDate(of, language);
  return <Notice color="orange">{t("birthsDiffer", { own: date(own), other: date(other) })}</Notice>;
}

interface OtherRecordProps {
  patient: Patient;
  isPending: boolean;
  onMerge: (other: Patient) => void;
}

/** Finds the other record and asks once more before it is merged into this one. */
function OtherRecord({ patient, isPending, onMerge }: OtherRecordProps) {
  const t = useMessages("record");
  const who = useWhoWords();
  const words = useIdentityWords();
  const [text, setText] = useState("");
  const [other, setOther] = useState<Patient | null>(null);
  const typed = text.trim();
  const q = useSettled(typed, pauseMs);
  const { data, error } = useQuery(patientQueries.matching(q));
  const offered = (data ?? []).filter(({ id }) => id !== patient.id);
  if (other)
    return (
      <fieldset className={classes.confirm} aria-label={t("mergeConfirm")}>
        <p className={prose.strong}>
          {t("mergeQuestion", {
            other: who(other),
            name: who(patient),
          })}
        </p>
        <p>{t("mergeEffect")}</p>
        <Births own={patient.dateOfBirth} other={other.dateOfBirth} />
        <Overlap ids={[patient.id, other.id]} />
        <div className={layout.row}>
          <Button
            loading={isPending}
            onClick={() => {
              onMerge(other);
              setOther(null);
              setText("");
            }}
          >
            {t("mergeAction")}
          </Button>
          <Button variant="default" onClick={() => setOther(null)}>
            {t("action.cancel")}
          </Button>
        </div>
      </fieldset>
    );
  return (
    <>
      <TextField
        label={t("otherRecord")}
        description={t("otherRecordHint", { name: patient.name })}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {q === typed && error && <Failure error={error} />}
      {q && q === typed && data && (
        <ul className={classes.merged} aria-label={t("found")}>
          {offered.map((found) => (
            <li key={found.id}>
              <span>
                {found.name} <code>{found.partnerUid}</code>
                {found.dateOfBirth && ` ${words.born(found.dateOfBirth)}`}
                {found.hospitalNumber && ` · ${words.hospitalNumber(found.hospitalNumber)}`}
              </span>
              <Button size="compact-sm" variant="default" onClick={() => setOther(found)}>
                {t("choose")}
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li>{t("nothingFound")}</li>}
        </ul>
      )}
    </>
  );
}
