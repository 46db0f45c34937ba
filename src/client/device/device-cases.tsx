import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import type { Device } from "#contract/device.ts";
import { hourMs } from "#glucose/time.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { formatPair } from "#words/list.ts";
import { caseQueries } from "../api/cases.ts";
import { deviceQueries } from "../api/devices.ts";
import { sessionQuery } from "../api/session.ts";
import { CaseList } from "../cases/case-list.tsx";
import { useCallWords, useCaseWords } from "../cases/case-words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { hasDraft } from "../ui/draft.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";

const NewCaseForm = lazy(async () => ({
  default: (await import("../cases/new-case-form.tsx")).NewCaseForm,
}));

interface DeviceCasesProps {
  serial: string;
  /** Undefined where nobody could tell of the sensor. */
  device: Device | undefined;
  nowMs: number;
}

/** The complaints about this sensor, and the form for another one. */
export function DeviceCases({ serial, device, nowMs }: DeviceCasesProps) {
  const t = useMessages("cases");
  const nth = useCallWords();
  const words = useCaseWords();
  const { data, error, refetch } = useQuery(caseQueries.ofSensor(serial));
  return (
    <section
      aria-labelledby="device-cases"
      className={`${layout.column} ${data?.total ? "" : print.screenOnly}`}
      data-gap="xs"
    >
      <div className={layout.row}>
        <h2 id="device-cases">{t("title")}</h2>
        {data && data.calls > 0 && <strong>{t("latest", { nth: nth(data.calls) })}</strong>}
        <Link className={`${prose.link} ${prose.small} ${print.screenOnly}`} to="/cases">
          {t("allCases")}
        </Link>
      </div>
      {error && <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="2rem" />}
      {data?.replacementOf.map(({ id, serial: replaced, receivedAtMs }) => (
        <p key={id}>
          {t("replacementOf")}{" "}
          <Link className={prose.link} to={`/cases/${encodeURIComponent(id)}`}>
            {t("caseOfSensor", { serial: replaced, time: words.time(receivedAtMs) })}
          </Link>
        </p>
      ))}
      {data?.total === 0 && data.replacementOf.length > 0 && <p className={prose.note}>{words.zone}</p>}
      {data?.total === 0 && <p className={prose.note}>{t("noneAbout")}</p>}
      {data && data.total > 0 && <CaseList label={t("title")} cases={data.cases} without="serial" />}
      {data && data.total > data.cases.length && (
        <p className={prose.note}>{t("newestOf", { total: data.total })}</p>
      )}
      {data && device && <FreeReplacement device={device} hours={data.freeReplacementHours} nowMs={nowMs} />}
      {data && (
        <OpenCase
          serial={serial}
          calls={data.calls}
          openId={data.cases.find(isOpen)?.id}
          wearer={device?.owner.kind === "patient" ? device.owner : null}
        />
      )}
    </section>
  );
}

interface FreeReplacementProps {
  device: Device;
  /** The operator's rule. */
  hours: number | null;
  nowMs: number;
}

/** Of a sensor that ended early: whether the operator's rule replaces it free of charge. */
function FreeReplacement({ device, hours, nowMs }: FreeReplacementProps) {
  const t = useMessages("cases");
  const { language } = usePreferences();
  const { data: journey } = useQuery(deviceQueries.journey(device.serial));
  const early = earlyEndOf(device, nowMs, journey);
  if (!early || hours === null) return null;
  const isFree = early.earlyMs >= hours * hourMs;
  return <p>{formatPair(t("freeReplacement"), t(isFree ? "isFree" : "isNotFree"), language)}</p>;
}

const isOpen = ({ state }: { state: string }) => state !== "closed";

interface OpenCaseProps {
  serial: string;
  calls: number;
  /** Of a case that is not closed. */
  openId: string | undefined;
  wearer: { name: string; partnerUid: string } | null;
}

function OpenCase({ serial, calls, openId, wearer }: OpenCaseProps) {
  const t = useMessages("cases");
  const nth = useCallWords();
  const navigate = useNavigate();
  const owner = useQuery(sessionQuery).data?.user.id ?? "";
  const [isWriting, setWriting] = useState(() => hasDraft(`new-case-${serial}`, owner, {}));
  if (!isWriting)
    return (
      <div className={`${layout.row} ${print.screenOnly}`}>
        {openId && (
          <Link className={prose.link} to={`/cases/${openId}#call`}>
            {t("noteCall", { nth: nth(calls + 1) })}
          </Link>
        )}
        <Button variant="default" onClick={() => setWriting(true)}>
          {t("openOne")}
        </Button>
      </div>
    );
  return (
    <div className={`${layout.column} ${print.screenOnly}`} data-gap="sm">
      {calls > 0 && <p className={prose.strong}>{t("willBe", { nth: nth(calls + 1) })}</p>}
      <Suspense fallback={<Loading height="20rem" />}>
        <NewCaseForm
          serial={serial}
          owner={owner}
          wearer={wearer}
          onOpened={({ id }) => void navigate(`/cases/${id}`)}
          onClose={() => setWriting(false)}
        />
      </Suspense>
    </div>
  );
}
