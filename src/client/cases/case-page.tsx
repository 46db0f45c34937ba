import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useParams } from "react-router";
import type { SensorCase } from "#contract/cases.ts";
import { caseLines } from "#report/case-lines.ts";
import { caseHistory, missingParts } from "#report/case-report.ts";
import { callOfAll, caseWords } from "#report/case-words.ts";
import { caseQueries } from "../api/cases.ts";
import { sessionQuery } from "../api/session.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { hasDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Calls, EntryText } from "./case-calls.tsx";
import { StateMark } from "./case-list.tsx";
import { useCaseSpeech } from "./case-words.ts";
import classes from "./cases.module.css";
import { SaveCase } from "./save-case.tsx";

const CaseEditForm = lazy(async () => ({ default: (await import("./case-edit-form.tsx")).CaseEditForm }));

/** `/cases/:id`: the record of a complaint about a sensor, and the calls about it. */
export function CasePage() {
  const t = useMessages("cases");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(caseQueries.one(id));
  const owner = useQuery(sessionQuery).data?.user.id;
  return (
    <>
      <Link className={`${prose.link} ${prose.small} ${print.screenOnly}`} to="/cases">
        ← {t("allCases")}
      </Link>
      <Page
        title={data ? t("titleOf", { serial: data.serial }) : t("title")}
        lead={data && <Lead one={data} />}
      >
        {!data && error && (
          <Failure isAnswer error={error} title={t("oneFailed")} onRetry={() => void refetch()} />
        )}
        {!data && !error && <Loading height="2.25rem" rows={8} label={t("loading")} />}
        {data && owner && (
          <div className={layout.column} data-gap="lg" key={id}>
            <Lacking one={data} />
            <Record one={data} owner={owner} />
            <Part id="call" title={t("furtherCalls")}>
              <Calls one={data} owner={owner} />
            </Part>
            {data.history.length > 0 && <History one={data} />}
            <SaveCase one={data} />
          </div>
        )}
      </Page>
    </>
  );
}

/** What a colleague sees first: how far it is, how often somebody called, and the ways to sensor and wearer. */
function Lead({ one }: { one: SensorCase }) {
  const t = useMessages("cases");
  const { serial, patient } = one;
  return (
    <div className={classes.line}>
      <StateMark state={one.state} />
      <strong>{callOfAll(t, one)}</strong>
      <Link className={`${prose.link} ${print.screenOnly}`} to={`/devices/${encodeURIComponent(serial)}`}>
        {t("toSensor")}
      </Link>
      {patient?.patientId && (
        <Link className={prose.link} to={`/patients/${encodeURIComponent(patient.patientId)}`}>
          {patient.name}
        </Link>
      )}
    </div>
  );
}

function Lacking({ one }: { one: SensorCase }) {
  const speech = useCaseSpeech();
  const { t } = speech;
  if (one.isUnreadable) return <Notice color="orange">{t("unreadableMeans")}</Notice>;
  if (one.missing.length === 0) return <p className={prose.note}>{t("complete")}</p>;
  return (
    <Notice color="orange" role="note" title={t("missing")}>
      {missingParts(one, speech)}
    </Notice>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={layout.column} data-gap="sm">
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

function Record({ one, owner }: { one: SensorCase; owner: string }) {
  const speech = useCaseSpeech();
  const { t } = speech;
  const lines = caseLines(one, speech, useNow());
  const [isEditing, setEditing] = useState(() =>
    hasDraft(`case-edits-${one.id}`, owner, { edits: {}, from: {} }),
  );
  const close = () => setEditing(false);
  return (
    <Part id="record" title={t("record")}>
      <p className={prose.note}>{caseWords(speech).zone}</p>
      {isEditing ? (
        <Suspense fallback={<Loading height="20rem" />}>
          <CaseEditForm kept={one} owner={owner} onSaved={close} onClose={close} />
        </Suspense>
      ) : (
        <>
          <dl className={classes.record}>
            {lines.map(({ name, value, isMissing }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className={isMissing ? classes.lacking : undefined}>{value}</dd>
              </div>
            ))}
          </dl>
          <div className={print.screenOnly}>
            <Button onClick={() => setEditing(true)}>{t("action.change")}</Button>
          </div>
        </>
      )}
    </Part>
  );
}

function History({ one }: { one: SensorCase }) {
  const speech = useCaseSpeech();
  return (
    <details className={folded.folded}>
      <summary>{speech.t("history")}</summary>
      <ol className={classes.list}>
        {caseHistory(one, speech).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was is not changed, only added to.
          <li key={index}>
            <EntryText entry={entry} />
          </li>
        ))}
      </ol>
    </details>
  );
}
