import { formatDuration } from "#words/time.ts";
import { exactRealMs } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "./prose.module.css";

interface Pace {
  trouble: object | null;
  rowsPerSecond: number | null;
  secondsLeft: number | null;
}

/** How fast rows go through and how long yet; nothing while nothing does. */
export function usePaceWords({ trouble, rowsPerSecond, secondsLeft }: Pace, left: number): string[] {
  const t = useMessages("ui", "pace");
  const { language } = usePreferences();
  if (trouble || !rowsPerSecond) return [];
  const rate = t("rate", {
    rate: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(rowsPerSecond),
  });
  if (left === 0 || secondsLeft === null) return [rate];
  if (secondsLeft < 60) return [rate, t("soon")];
  return [rate, t("left", { left: formatDuration(secondsLeft * 1000 + 30_000, language) })];
}

interface TryingAgainProps {
  reason: string;
  waitUntilMs: number | null;
  asOfMs: number;
}

/** Stands between the tries as well as during them; only when the next one is changes. */
export function TryingAgain({ reason, waitUntilMs, asOfMs }: TryingAgainProps) {
  const t = useMessages("ui", "pace");
  const waitMs = waitUntilMs === null ? 0 : exactRealMs(waitUntilMs - asOfMs);
  return (
    <>
      <p className={prose.strong}>{t("trouble", { reason })}</p>
      <p className={prose.note}>
        {waitMs > 0 ? t("nextTry", { seconds: Math.ceil(waitMs / 1000) }) : t("trying")}
      </p>
    </>
  );
}
