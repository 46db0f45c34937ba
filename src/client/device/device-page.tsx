import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Navigate, useLocation, useParams } from "react-router";
import type { Device } from "#contract/device.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { areDatesInDoubt, contradictionsIn, wearOf } from "#sensor/life.ts";
import { deviceQueries } from "../api/devices.ts";
import { sessionQuery } from "../api/session.ts";
import { now, useNow } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { useDocumentTitle } from "../ui/document-title.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { BoxContradiction, BoxFacts } from "./box-facts.tsx";
import { Contradictions } from "./contradictions.tsx";
import { DeviceCases } from "./device-cases.tsx";
import { DeviceData } from "./device-data.tsx";
import { DeviceFacts, PlatformFacts } from "./device-facts.tsx";
import { lifeOf } from "./device-life.ts";
import classes from "./device-page.module.css";
import { DeviceSearch } from "./device-search-page.tsx";
import { DeviceTrouble } from "./device-trouble.tsx";
import { JourneyEvidence } from "./journey-evidence.tsx";
import { LifeTimeline } from "./life-timeline.tsx";
import { RecallNotice } from "./recall-notice.tsx";
import { rememberLookup } from "./recent-lookups.ts";
import type { LookUpState } from "./scanned-box.ts";
import { readSerial } from "./serial.ts";
import { SerialForm } from "./serial-form.tsx";
import { SerialText } from "./serial-text.tsx";
import { TicketPanel } from "./ticket-panel.tsx";
import { useTicket } from "./use-ticket.ts";
import { VerdictPanel, VerdictSpoken } from "./verdict-panel.tsx";

const DeviceCurve = lazy(() =>
  import("./device-curve.tsx").then((module) => ({ default: module.DeviceCurve })),
);

function DeviceTicket({ device, nowMs }: { device: Device; nowMs: number }) {
  const ticket = useTicket(device, nowMs);
  return ticket && <TicketPanel serial={device.serial} ticket={ticket} />;
}

/** A refusal and "unknown" are answers too, worth listing as such. */
function answerIn(error: Error | null): "device-unknown" | "platform-refused" | null {
  if (!(error instanceof ApiError)) return null;
  return error.code === "device-unknown" || error.code === "platform-refused" ? error.code : null;
}

/** What the page has of the platform and could not renew; the older of its two answers says how old it is. */
function DeviceNotice({ serial }: { serial: string }) {
  const life = useQuery(deviceQueries.life(serial));
  const journey = useQuery(deviceQueries.journey(serial));
  const answers = [life, journey].filter(({ data }) => data);
  const error = answers
    .map((answer) => answer.error ?? staleError(answer.data, answer.dataUpdatedAt))
    .find(Boolean);
  const retry = () => {
    void life.refetch();
    void journey.refetch();
  };
  return (
    <StaleNotice
      error={error}
      dataUpdatedAtMs={Math.min(...answers.map(({ data }) => data?.asOfMs ?? now()))}
      onRetry={retry}
    />
  );
}

function DeviceView({ serial }: { serial: string }) {
  const t = useMessages("device", "life");
  const help = useMessages("device", "reference");
  const nowMs = useNow();
  const user = useQuery(sessionQuery).data?.user;
  const { data: device, error, errorUpdatedAt, refetch } = useQuery(deviceQueries.life(serial));
  const { data: journey } = useQuery(deviceQueries.journey(serial));
  const isInDoubt = device !== undefined && areDatesInDoubt(device, journey, nowMs);
  const account = user?.id;
  const state = device?.state ?? answerIn(error);
  useEffect(() => {
    if (account) rememberLookup(account, { serial, state, atMs: now() });
  }, [account, serial, state]);

  const title = t("sensor");
  useDocumentTitle(`${title} ${serial}`);
  return (
    <div className={`${layout.column} ${classes.view}`}>
      <Sheet
        who={`${title} ${serial}`}
        what={device ? t("timesIn", { zone: device.timeZone }) : ""}
        timeZone={device?.timeZone}
      />
      <div>
        <h1>
          {title} <SerialText serial={serial} />
        </h1>
        <VerdictSpoken device={device} nowMs={nowMs} />
        <DeviceNotice serial={serial} />
      </div>
      <RecallNotice serial={serial} device={device} isUnknown={answerIn(error) !== null} />
      {device && <BoxContradiction serial={serial} known={device.box} nowMs={nowMs} />}
      {device ? (
        <div className={classes.pair}>
          <VerdictPanel device={device} nowMs={nowMs} />
          <DeviceFacts device={device} wear={isInDoubt ? null : wearOf(device, nowMs)} />
        </div>
      ) : error ? (
        <DeviceTrouble serial={serial} error={error} atMs={errorUpdatedAt} onRetry={() => void refetch()} />
      ) : (
        <Loading height={180} />
      )}
      <DeviceCases serial={serial} device={device} nowMs={nowMs} />
      <BoxFacts serial={serial} known={device?.box} replaced={device?.boxReplaced} nowMs={nowMs} />
      {device && <Contradictions names={contradictionsIn(device, nowMs)} />}
      <div className={classes.pair}>
        <div className={layout.column} data-gap="lg">
          {device && (
            <LifeTimeline device={device} life={lifeOf(device, nowMs)} isInDoubt={isInDoubt} nowMs={nowMs} />
          )}
          <DeviceData serial={serial} nowMs={nowMs} explained={device ? null : error} />
        </div>
        <JourneyEvidence serial={serial} />
      </div>
      {device && user && glucoseRoles.includes(user.role) && (
        <Suspense fallback={<Loading height={360} />}>
          <DeviceCurve device={device} nowMs={nowMs} />
        </Suspense>
      )}
      {device && <DeviceTicket device={device} nowMs={nowMs} />}
      {device && <PlatformFacts device={device} />}
      <Link to="/help/sensors" className={`${prose.link} ${print.screenOnly}`}>
        {help("link")}
      </Link>
    </div>
  );
}

/** `/devices/:serial`: one device's life and data. The field stays on top for the next call. */
export function DevicePage() {
  const t = useMessages("device", "search");
  const { serial: text = "" } = useParams();
  const { state } = useLocation() as { state: LookUpState | null };
  const [isRefused, setRefused] = useState(false);
  const read = readSerial(text);
  if ("problem" in read) return <DeviceSearch typed={text} />;
  if (read.serial !== text)
    return <Navigate to={`/devices/${encodeURIComponent(read.serial)}`} state={state} replace />;
  return (
    <div className={layout.column} data-gap="xs">
      <div className={print.screenOnly}>
        <SerialForm
          key={text}
          initial={text}
          takeFocus={state?.fromField === true}
          isCompact
          onRefused={setRefused}
        />
      </div>
      {state?.typed && (
        <p role="status" hidden={isRefused}>
          {t("typedShown", { typed: state.typed, serial: read.serial })}
        </p>
      )}
      {/* What was written about this sensor stays for when it is looked at again. */}
      <div hidden={isRefused}>
        <DeviceView key={read.serial} serial={read.serial} />
      </div>
    </div>
  );
}
