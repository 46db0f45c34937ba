import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Period, presetDays } from "#contract/period.ts";
import { daysIn } from "#contract/readings-file-limits.ts";
import type { ReportsAsked } from "#contract/reports.ts";
import { mostRangeDays, mostUnfinishedReports } from "#contract/reports-limits.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import type { ListView } from "../api/patients.ts";
import { reportMutations, reportQueries } from "../api/report-jobs.ts";
import { now } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { usualPaper } from "../ui/paper.ts";
import { Segmented } from "../ui/segmented.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import { PatientsChoice } from "./patients-choice.tsx";
import classes from "./reports.module.css";
import { SaveReadings } from "./save-readings.tsx";

const custom = "custom";
const usualDays = 14;

interface Choice {
  readonly days: string;
  readonly from: string;
  readonly to: string;
  readonly language: ReportsAsked["language"];
  readonly unit: ReportsAsked["unit"];
  readonly paper: ReportsAsked["paper"];
  readonly audience: ReportsAsked["audience"];
}

/** Reports of the patients of a list, before they are begun. */
export function ReportsForm({ view, q }: { view: ListView; q: string }) {
  const t = useMessages("reports");
  const { data, error, refetch } = useQuery(reportQueries.patients(view, q));
  return (
    <section>
      <h2>{t("begin")}</h2>
      {error && <Failure error={error} title={t("listNotRead")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="1.75rem" rows={8} label={t("loading")} />}
      {data?.total === 0 && <p>{t("emptyList")}</p>}
      {data && data.total > 0 && <Form rows={data.rows} total={data.total} />}
    </section>
  );
}

const toPeriod = ({ days, from, to }: Choice): ReportsAsked["period"] => {
  const preset = presetDays.find((one) => String(one) === days);
  return preset ? { days: preset } : { from, to };
};

function Form({ rows, total }: { rows: readonly ListedPatient[]; total: number }) {
  const t = useMessages("reports");
  const { language, unit } = usePreferences();
  const navigate = useNavigate();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [choice, setChoice] = useState<Choice>(() => ({
    days: String(usualDays),
    from: localDateOf(now() - (usualDays - 1) * dayMs, viewerZone),
    to: localDateOf(now(), viewerZone),
    language,
    unit,
    paper: usualPaper(),
    audience: "clinic",
  }));
  const begin = useMutation(reportMutations.begin);
  const patients = rows.map(({ id }) => id).filter((id) => !leftOut.has(id));
  const change = (part: Partial<Choice>) => setChoice({ ...choice, ...part });
  const rangeFault = choice.days === custom ? faultOf(choice) : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (begin.isPending || rangeFault || patients.length === 0) return;
        const { language: told, unit: of, paper, audience } = choice;
        begin.mutate(
          { patients, period: toPeriod(choice), language: told, unit: of, paper, audience },
          { onSuccess: ({ id }) => navigate(`/reports/${id}`) },
        );
      }}
    >
      <PatientsChoice rows={rows} total={total} leftOut={leftOut} onChange={setLeftOut} />
      <PeriodChoice choice={choice} fault={rangeFault} onChange={change} />
      <HowChoice choice={choice} onChange={change} />
      <div>
        <Button
          type="submit"
          loading={begin.isPending}
          disabled={patients.length === 0 || rangeFault !== null}
        >
          {t("make", { count: patients.length })}
        </Button>
      </div>
      {begin.error && <NotBegun error={begin.error} />}
      <SaveReadings
        asked={{ patients, period: toPeriod(choice), language: choice.language, unit: choice.unit }}
        isDisabled={patients.length === 0 || rangeFault !== null}
      />
    </form>
  );
}

interface ChoiceProps {
  choice: Choice;
  onChange: (part: Partial<Choice>) => void;
}

type RangeFault = "rangeWrong" | "rangeLong";

function faultOf({ from, to }: Choice): RangeFault | null {
  if (!(from && from <= to)) return "rangeWrong";
  return daysIn({ from, to }) > mostRangeDays ? "rangeLong" : null;
}

function PeriodChoice({ choice, fault, onChange }: ChoiceProps & { fault: RangeFault | null }) {
  const t = useMessages("reports");
  const page = useMessages("patient", "page");
  const label = (days: Extract<Period, { kind: "last" }>["days"]) =>
    days === 1 ? page("hours24") : page(`days${days}`);
  const date = (name: "from" | "to") => ({
    label: page(name),
    value: choice[name],
    max: localDateOf(now() + dayMs, viewerZone),
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <div className={layout.column} data-gap="xs">
      <Segmented
        aria-label={page("period")}
        value={choice.days}
        onChange={(days) => onChange({ days })}
        options={[
          ...presetDays.map((days) => ({ value: String(days), label: label(days) })),
          { value: custom, label: page("custom") },
        ]}
      />
      {choice.days === custom && (
        <div className={layout.row} data-gap="sm" data-align="start">
          <TextField type="date" {...date("from")} error={fault && t(fault)} />
          <TextField type="date" {...date("to")} description={t("wholeDays")} isHintBelow />
        </div>
      )}
    </div>
  );
}

function HowChoice({ choice, onChange }: ChoiceProps) {
  const t = useMessages("reports");
  const display = useMessages("ui", "display");
  return (
    <div className={layout.row} data-gap="sm" data-align="start">
      <SelectField
        label={t("audience")}
        value={choice.audience}
        onChange={({ currentTarget: { value } }) =>
          onChange({ audience: value === "patient" ? "patient" : "clinic" })
        }
        options={[
          { value: "clinic", label: t("audience-clinic") },
          { value: "patient", label: t("audience-patient") },
        ]}
      />
      <SelectField
        label={display("language")}
        value={choice.language}
        onChange={({ currentTarget: { value } }) => onChange({ language: value === "en" ? "en" : "zh-CN" })}
        options={[
          { value: "en", label: "English" },
          { value: "zh-CN", label: "中文" },
        ]}
      />
      <SelectField
        label={display("unit")}
        value={choice.unit}
        onChange={({ currentTarget: { value } }) =>
          onChange({ unit: value === "mg/dL" ? "mg/dL" : "mmol/L" })
        }
        options={["mmol/L", "mg/dL"].map((value) => ({ value, label: value }))}
      />
      <SelectField
        label={t("paper")}
        value={choice.paper}
        onChange={({ currentTarget: { value } }) => onChange({ paper: value === "letter" ? "letter" : "a4" })}
        options={[
          { value: "a4", label: "A4" },
          { value: "letter", label: t("letter") },
        ]}
      />
    </div>
  );
}

function NotBegun({ error }: { error: Error }) {
  const t = useMessages("reports");
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  const isTooMany = fields.some(({ field, reason }) => field === "jobs" && reason === "too-many");
  return (
    <Failure
      error={error}
      title={t("notBegun")}
      words={
        isTooMany
          ? { meaning: t("tooManyMeaning", { most: mostUnfinishedReports }), next: t("tooManyNext") }
          : undefined
      }
    />
  );
}
