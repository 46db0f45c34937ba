import { useQuery } from "@tanstack/react-query";
import { deviceRowStates } from "#contract/device-rows.ts";
import type { DeviceRow, DeviceWorklistPage } from "#contract/device-worklist.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { formatAge, formatShortDateTime, formatTime } from "#words/time.ts";
import { aboutQuery } from "../api/about.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";

interface ElsewhereProps {
  page: DeviceWorklistPage;
  state: DeviceRow["state"];
  onChoose: (state: DeviceRow["state"]) => void;
}

/** Whom a search finds in the other parts of the list. */
export function Elsewhere({ page: { inState }, state, onChoose }: ElsewhereProps) {
  const t = useMessages("device", "work");
  const others = deviceRowStates.filter((one) => one !== state && inState[one] > 0);
  if (others.length === 0) return null;
  return (
    <div className={layout.row} data-gap="xs">
      {others.map((one) => (
        <Button key={one} variant="light" size="compact-sm" onClick={() => onChoose(one)}>
          {t("elsewhere", { count: inState[one], where: t(`show-${one}`) })}
        </Button>
      ))}
    </div>
  );
}

/** Within this everybody is to have been read. */
const soonMs = 15 * minuteMs;

/** Of when the list is, and who may still come into it. */
export function AsOfNote({ page, nowMs }: { page: DeviceWorklistPage; nowMs: number }) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const silentSinceMs = useQuery(aboutQuery).data?.notAnsweringSinceMs ?? null;
  const { unchecked, oldestCheckMs } = page;
  const isBehind = oldestCheckMs !== null && nowMs - oldestCheckMs > soonMs;
  if (silentSinceMs === null && !isBehind && unchecked === 0) return null;
  const time = (timeMs: number) =>
    (nowMs - timeMs < 12 * hourMs ? formatTime : formatShortDateTime)(timeMs, viewerZone, language);
  return (
    <p className={prose.note}>
      <Sentences>
        {silentSinceMs !== null && t("platformSilent", { time: time(silentSinceMs) })}
        {isBehind && t("readBefore", { age: formatAge(nowMs - oldestCheckMs, language) })}
        {silentSinceMs === null && isBehind && t("nobodyBlamed")}
        {unchecked > 0 && t("unchecked", { count: unchecked })}
      </Sentences>
    </p>
  );
}
