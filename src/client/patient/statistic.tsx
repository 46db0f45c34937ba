import { useState } from "react";
import { formatActiveShare } from "#glucose/shares.ts";
import type { Basis } from "#report/patient/period-data.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import { Panel } from "../ui/panel.tsx";
import prose from "../ui/prose.module.css";
import classes from "./statistics.module.css";

/** Whether a goal is met. */
export function Verdict({ isMet }: { isMet: boolean }) {
  const t = useMessages("patient", "page");
  return (
    <span className={classes.verdict} data-met={isMet}>
      {isMet ? "✓" : "✗"} {t(isMet ? "goalMet" : "goalMissed")}
    </span>
  );
}

/** A button that opens a number's definition, its n, share of data, zone and as-of time. */
export function Explain({ name, definition, basis }: { name: string; definition: string; basis: Basis }) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const { statistics, startMs, endMs, timeZone, asOfMs } = basis;
  const [isOpen, setIsOpen] = useState(false);
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  return (
    <Panel
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      label={name}
      width="300px"
      button={
        <button
          type="button"
          className={classes.explain}
          aria-label={t("explain", { name })}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          ?
        </button>
      }
    >
      <p className={prose.small}>{definition}</p>
      <p className={`${prose.note} ${layout.aboveXs}`}>
        {t("basis", {
          n: statistics.n,
          active: formatActiveShare(statistics.activeShare),
          from: at(startMs),
          to: at(endMs),
          zone: timeZone,
          asOf: at(asOfMs),
        })}
      </p>
    </Panel>
  );
}
