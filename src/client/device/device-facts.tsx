import type { ReactNode } from "react";
import type { Device, UnownedDevice } from "#contract/device.ts";
import { minuteMs } from "#glucose/time.ts";
import type { Wear } from "#sensor/life.ts";
import { formatDuration } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import classes from "./device-facts.module.css";
import { StateBadge } from "./state-badge.tsx";

function Fact({ name, value, note }: { name: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div>
      <dt className={prose.note}>{name}</dt>
      <dd className={prose.strong}>{value}</dd>
      {note && <dd className={prose.note}>{note}</dd>}
    </div>
  );
}

function EndFact({ wear, isUnknown }: { wear: Wear | null; isUnknown: boolean }) {
  const t = useMessages("device", "life");
  const { language } = usePreferences();
  const duration = (ms: number) => formatDuration(Math.abs(ms), language);
  if (!wear) return <Fact name={t("end")} value={t("inDoubt")} />;
  const { leftMs, endedAfterExpectedMs: afterMs } = wear;
  if (afterMs !== null && Math.abs(afterMs) < minuteMs)
    return <Fact name={t("endedOnTime")} value={t("onTheMinute")} />;
  if (afterMs !== null)
    return (
      <Fact
        name={t(afterMs < 0 ? "endedEarly" : "endedLate")}
        value={t("by", { duration: duration(afterMs) })}
      />
    );
  if (isUnknown) return <Fact name={t("left")} value={t("notKnown")} />;
  if (leftMs === null) return null;
  return <Fact name={t(leftMs < 0 ? "overdue" : "left")} value={duration(leftMs)} />;
}

function OwnerFact({ owner }: { owner: Device["owner"] }) {
  const t = useMessages("device", "life");
  switch (owner.kind) {
    case "nobody":
      return <Fact name={t("field.owner")} value={t("nobody")} note={t("nobodyMeans")} />;
    case "another-partner":
      return <Fact name={t("field.owner")} value={t("anotherPartner")} note={t("anotherPartnerMeans")} />;
    case "patient":
      return (
        <Fact
          name={t("field.owner")}
          value={
            owner.patientId === null ? (
              owner.name
            ) : (
              <Link className={prose.link} to={`/patients/${encodeURIComponent(owner.patientId)}`}>
                {owner.name}
              </Link>
            )
          }
          note={t("partnerUid", { uid: owner.partnerUid })}
        />
      );
  }
}

function StateFact({ device }: { device: UnownedDevice }) {
  const t = useMessages("device", "life");
  return (
    <div className={classes.state}>
      <dt className={prose.note}>{t("field.state")}</dt>
      <dd>
        <StateBadge state={device.state} size="lg" />
      </dd>
      <dd>{t(`${device.state}Means`, { code: device.statusCode })}</dd>
    </div>
  );
}

interface DeviceFactsProps {
  device: UnownedDevice & Partial<Pick<Device, "owner">>;
  /** Null where its dates are in doubt. */
  wear: Wear | null;
}

/** Its state, how long it was worn, how long it has left, and whose it is where that is told. */
export function DeviceFacts({ device, wear }: DeviceFactsProps) {
  const t = useMessages("device", "life");
  const { language } = usePreferences();
  const { wornMs = null, plannedMs = null } = wear ?? {};
  const isOver = device.state === "ended" || device.endedAtMs !== null;
  const isStarted = device.state === "activated" || isOver || device.activatedAtMs !== null;
  return (
    <dl className={classes.facts}>
      <StateFact device={device} />
      <Fact
        name={t(isOver ? "wornEnded" : "worn")}
        value={wornMs === null ? t(isStarted ? "notKnown" : "notWorn") : formatDuration(wornMs, language)}
        note={plannedMs !== null && t("planned", { duration: formatDuration(plannedMs, language) })}
      />
      <EndFact wear={wear} isUnknown={device.state === "unknown"} />
      {device.owner && <OwnerFact owner={device.owner} />}
    </dl>
  );
}

/** The platform's own identifiers: for the vendor's ears, so quietly at the end. */
export function PlatformFacts({ device }: { device: Device }) {
  const t = useMessages("device", "life");
  const facts = [
    [t("partnerId"), device.partnerId],
    [t("appId"), device.appId],
    [t("statusCode"), String(device.statusCode)],
  ] as const;
  return (
    <footer className={classes.platform}>
      <span>{t("platform")}</span>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd translate="no">{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
    </footer>
  );
}
