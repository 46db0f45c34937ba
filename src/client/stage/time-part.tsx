import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayMs, hourMs } from "#glucose/time.ts";
import { formatDateTime } from "#words/time.ts";
import { sessionQuery } from "../api/session.ts";
import { making, setClock } from "../api/stage.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import { addressOf } from "./control.ts";
import { idOf } from "./prepare.ts";
import classes from "./stage.module.css";
import type { StageState } from "./use-stage.ts";

const jumps = [
  ["hour", hourMs],
  ["night", 8 * hourMs],
  ["day", dayMs],
  ["week", 7 * dayMs],
] as const;
const speeds = ["1", "10", "60", "600"] as const;

const patientPage = /\/patients\/([0-9a-f-]{36})$/;

/** Whose page is open; null on any other. */
async function uidOnPage(): Promise<string | null> {
  const id = patientPage.exec(window.location.pathname)?.[1];
  return id === undefined ? null : (await making.patient(id)).partnerUid;
}

/** The time of everything on the page: how fast it goes, and ways ahead. */
export function TimePart({ stage }: { stage: StageState }) {
  const t = useMessages("stage", "time");
  const { language } = usePreferences();
  const nowMs = useNow();
  const role = useQuery({ ...sessionQuery, enabled: false }).data?.user.role;
  const seesGlucose = role === "clinician" || role === "administrator";
  /** Who is low, where another page is open. */
  const [lowId, setLowId] = useState<string | null>(null);

  async function toNextLow() {
    const uid = seesGlucose ? await uidOnPage() : null;
    const { low } = await setClock({ toNextLow: uid });
    const id = low && seesGlucose && uid === null ? await idOf(low.partnerUid) : null;
    setLowId(id);
    return id;
  }

  const sayLow = (id: string | null) => t(seesGlucose ? (id === null ? "lowHere" : "lowOf") : "lowUnseen");
  return (
    <section aria-label={t("title")} className={classes.part}>
      <h3>{t("title")}</h3>
      <p>
        <time dateTime={new Date(nowMs).toISOString()} className={prose.strong}>
          {formatDateTime(nowMs, viewerZone, language)}
        </time>
      </p>
      <div className={classes.row}>
        {jumps.map(([name, forwardMs]) => (
          <Button
            key={name}
            size="xs"
            variant="default"
            disabled={stage.isBusy}
            onClick={() => stage.act(() => setClock({ forwardMs }))}
          >
            {t(`jump.${name}`)}
          </Button>
        ))}
        <Button
          size="xs"
          variant="default"
          disabled={stage.isBusy}
          onClick={() => stage.act(toNextLow, sayLow)}
        >
          {t("toNextLow")}
        </Button>
      </div>
      {lowId !== null && (
        <p>
          <a className={prose.link} href={addressOf(`/patients/${lowId}?days=1`)}>
            {t("openLow")}
          </a>
        </p>
      )}
      <Segmented
        size="xs"
        aria-label={t("speed")}
        value={speeds.find((speed) => Number(speed) === stage.clock?.speed) ?? ""}
        onChange={(speed) => stage.act(() => setClock({ speed: Number(speed) }))}
        options={speeds.map((value) => ({ value, label: `×${value}` }))}
      />
    </section>
  );
}
