import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type NewSubmission, orderRhythms, type PatientSubmissions } from "#contract/submissions.ts";
import { submissionMutations } from "../api/submissions.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { usualPaper } from "../ui/paper.ts";
import prose from "../ui/prose.module.css";
import { SelectField } from "../ui/select-field.tsx";
import { DaysField } from "./days-field.tsx";
import classes from "./health-links.module.css";

const rhythms = ["once", ...orderRhythms] as const;
type Rhythm = (typeof rhythms)[number];

interface SendFormProps {
  patientId: string;
  receivers: PatientSubmissions["receivers"];
}

/** To whom, which days, and whether once or again and again. */
export function SendForm({ patientId, receivers }: SendFormProps) {
  const t = useMessages("health-links", "submissions");
  const { language, unit } = usePreferences();
  const [receiverId, setReceiverId] = useState(receivers[0]?.id ?? "");
  const [days, setDays] = useState<NewSubmission["days"]>("14");
  const [rhythm, setRhythm] = useState<Rhythm>("once");
  const sending = useMutation({
    ...submissionMutations.send(patientId),
    onSettled: (answer) => {
      if (answer) setRhythm("once");
    },
  });
  const standsAlready =
    sending.error instanceof ApiError &&
    sending.error.problem?.fields?.some(({ reason }) => reason === "duplicate") === true;
  const asked = { receiverId, days, language, unit, paper: usualPaper() };
  return (
    <form
      className={`${layout.column} ${classes.form}`}
      data-gap="sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending.isPending) sending.mutate(rhythm === "once" ? asked : { ...asked, every: rhythm });
      }}
    >
      <p className={prose.note}>{t("lead")}</p>
      <SelectField
        label={t("receiver")}
        value={receiverId}
        onChange={(event) => setReceiverId(event.currentTarget.value)}
        options={receivers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <DaysField
        label={t("period")}
        nameOf={(count) => t("lastDays", { count })}
        days={days}
        onDays={setDays}
      />
      <SelectField
        label={t("rhythm")}
        value={rhythm}
        onChange={({ currentTarget: { value } }) =>
          setRhythm(rhythms.find((known) => known === value) ?? rhythm)
        }
        options={rhythms.map((value) => ({ value, label: t(value) }))}
      />
      <div>
        <Button type="submit" loading={sending.isPending}>
          {t("send")}
        </Button>
      </div>
      {standsAlready && (
        <Notice color="orange" role="alert">
          {t("standsAlready")}
        </Notice>
      )}
      {sending.error && !standsAlready && <Failure error={sending.error} title={t("notSent")} />}
    </form>
  );
}
