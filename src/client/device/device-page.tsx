import { Alert, Anchor, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Link, Navigate, useLocation, useParams } from "react-router";
import type { Device } from "#contract/device.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { now, useNow } from "../clock.ts";
import { ApiError } from "../http.ts";
import { sessionQuery } from "../session.ts";
import { Loading } from "../ui/loading.tsx";
import { useDocumentTitle } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import { Sheet } from "../ui/sheet.tsx";
import { StaleNotice, staleError } from "../ui/stale-notice.tsx";
import { DeviceData } from "./device-data.tsx";
import { DeviceFacts, PlatformFacts } from "./device-facts.tsx";
import { type Contradiction, contradictionsIn, lifeOf, wearOf } from "./device-life.ts";
import classes from "./device-page.module.css";
import { DeviceSearch } from "./device-search-page.tsx";
import { DeviceTrouble } from "./device-trouble.tsx";
import { useLifeMessages } from "./life-messages.ts";
import { LifeTimeline } from "./life-timeline.tsx";
import { deviceQueries } from "./queries.ts";
import { rememberLookup } from "./recent-lookups.ts";
import { useReferenceMessages } from "./reference-messages.ts";
import { readSerial } from "./serial.ts";
import { SerialForm } from "./serial-form.tsx";
import { SerialText } from "./serial-text.tsx";
import { StateBadge } from "./state-badge.tsx";
import { TicketPanel } from "./ticket-panel.tsx";
import { useTicket } from "./use-ticket.ts";
import { VerdictPanel } from "./verdict-panel.tsx";

const DeviceCurve = lazy(() =>
  import("./device-curve.tsx").then((module) => ({ default: module.DeviceCurve })),
);

function Contradictions({ names }: { names: readonly Contradiction[] }) {
  const t = useLifeMessages();
  if (names.length === 0) return null;
  return (
    <Alert color="orange" title={t("contradictions")} id="contradictions">
      {names.map((name) => (
        <Text key={name}>{t(name)}</Text>
      ))}
    </Alert>
  );
}

function StateInWords({ device }: { device: Device }) {
  const t = useLifeMessages();
  return (
    <>
      <StateBadge state={device.state} size="xl" />
      <Text size="lg">{t(`${device.state}Means`, { code: device.statusCode })}</Text>
    </>
  );
}

function DeviceTicket({ device, nowMs }: { device: Device; nowMs: number }) {
  const ticket = useTicket(device, nowMs);
  return ticket && <TicketPanel serial={device.serial} ticket={ticket} />;
}

function DeviceLifeView({ device, nowMs }: { device: Device; nowMs: number }) {
  return (
    <>
      <Contradictions names={contradictionsIn(device, nowMs)} />
      <DeviceFacts device={device} wear={wearOf(device, nowMs)} />
      <LifeTimeline device={device} life={lifeOf(device, nowMs)} nowMs={nowMs} />
    </>
  );
}

/** A refusal and "unknown" are answers too, worth listing as such. */
function answerIn(error: Error | null): "device-unknown" | "platform-refused" | null {
  if (!(error instanceof ApiError)) return null;
  return error.code === "device-unknown" || error.code === "platform-refused" ? error.code : null;
}

function DeviceView({ serial }: { serial: string }) {
  const t = useLifeMessages();
  const help = useReferenceMessages();
  const nowMs = useNow();
  const user = useQuery(sessionQuery).data?.user;
  const { data: device, error, errorUpdatedAt, refetch } = useQuery(deviceQueries.life(serial));
  const account = user?.id;
  const state = device?.state ?? answerIn(error);
  useEffect(() => {
    if (account) rememberLookup(account, { serial, state, atMs: now() });
  }, [account, serial, state]);

  const retry = () => void refetch();
  const title = t("sensor");
  useDocumentTitle(`${title} ${serial}`);
  return (
    <Stack gap="xl" className={classes.view ?? ""}>
      <Sheet
        who={`${title} ${serial}`}
        what={device ? t("timesIn", { zone: device.timeZone }) : ""}
        timeZone={device?.timeZone}
      />
      <Stack gap="xs">
        <Title order={1}>
          {title} <SerialText serial={serial} />
        </Title>
        <div className={classes.state} aria-live="polite">
          {device && <StateInWords device={device} />}
        </div>
        {device && (
          <StaleNotice error={error ?? staleError(device)} dataUpdatedAtMs={device.asOfMs} onRetry={retry} />
        )}
      </Stack>
      {device && <VerdictPanel device={device} nowMs={nowMs} />}
      {device ? (
        <DeviceLifeView device={device} nowMs={nowMs} />
      ) : error ? (
        <DeviceTrouble serial={serial} error={error} atMs={errorUpdatedAt} onRetry={retry} />
      ) : (
        <Loading height={320} />
      )}
      <DeviceData serial={serial} nowMs={nowMs} explained={device ? null : error} />
      {device && user && glucoseRoles.includes(user.role) && (
        <Suspense fallback={<Loading height={360} />}>
          <DeviceCurve device={device} nowMs={nowMs} />
        </Suspense>
      )}
      {device && <DeviceTicket device={device} nowMs={nowMs} />}
      {device && <PlatformFacts device={device} />}
      <Anchor component={Link} to="/help/sensors" className={print.screenOnly ?? ""}>
        {help("link")}
      </Anchor>
    </Stack>
  );
}

/** `/devices/:serial`: one device's life and data. The field stays on top for the next call. */
export function DevicePage() {
  const { serial: text = "" } = useParams();
  const { state } = useLocation() as { state: { fromField?: boolean } | null };
  const read = readSerial(text);
  if ("problem" in read) return <DeviceSearch typed={text} />;
  if (read.serial !== text)
    return <Navigate to={`/devices/${encodeURIComponent(read.serial)}`} state={state} replace />;
  return (
    <Stack gap="xs">
      <div className={print.screenOnly}>
        <SerialForm key={text} initial={text} takeFocus={state?.fromField === true} />
      </div>
      <DeviceView serial={read.serial} />
    </Stack>
  );
}
