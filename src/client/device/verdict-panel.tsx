import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Device, UnownedDevice } from "#contract/device.ts";
import { type Tone, verdictOf } from "#sensor/verdict.ts";
import { deviceQueries } from "../api/devices.ts";
import { recallQueries } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { CallerAdvice, useAdvice } from "./caller-advice.tsx";
import { ticketText } from "./ticket.ts";
import { Copy } from "./ticket-panel.tsx";
import { useTicket } from "./use-ticket.ts";
import classes from "./verdict.module.css";
import { useVerdictWords } from "./verdict-words.ts";

const useIsRecalled = (serial: string): boolean =>
  (useQuery({ ...recallQueries.ofDevice(serial), enabled: serial !== "" }).data ?? []).length > 0;

/**
 * Says the headline aloud when it comes and when it becomes another one, not with every minute that passes.
 */
export function VerdictSpoken({ device, nowMs }: { device: UnownedDevice | undefined; nowMs: number }) {
  const words = useVerdictWords();
  const recall = useMessages("device", "recall");
  const isRecalled = useIsRecalled(device?.serial ?? "");
  const { language } = usePreferences();
  const { data: journey } = useQuery({ ...deviceQueries.journey(device?.serial ?? ""), enabled: false });
  const verdict = device && journey && verdictOf(device, journey, nowMs);
  const said = useRef({ of: "", text: "" });
  const of = verdict ? `${language} ${device.serial} ${verdict.headline} ${isRecalled}` : "";
  if (verdict && of !== said.current.of)
    said.current = { of, text: isRecalled ? recall("head") : words.headline(verdict) };
  const text = verdict ? said.current.text : "";
  // Of a look-up that is still held it is there with the page: words that
  // come with their region are not heard.
  const [heard, setHeard] = useState("");
  useEffect(() => {
    const frame = requestAnimationFrame(() => setHeard(text));
    return () => cancelAnimationFrame(frame);
  }, [text]);
  return (
    <span className={prose.unseen} role="status">
      {heard}
    </span>
  );
}

/** The tone for eyes that do not see its colour. */
const marks: Record<Tone, string> = { good: "✓", neutral: "–", minor: "!", major: "!!", severe: "×" };

interface VerdictProps {
  device: UnownedDevice;
  nowMs: number;
  /** At the end of the headline. */
  beside?: ReactNode;
  children?: ReactNode;
}

/** The verdict, and every claim with the way to what it rests on. */
export function Verdict({ device, nowMs, beside, children }: VerdictProps) {
  const t = useMessages("device", "verdict");
  const words = useVerdictWords();
  const { data: journey, error } = useQuery(deviceQueries.journey(device.serial));
  const recall = useMessages("device", "recall");
  const isRecalled = useIsRecalled(device.serial);
  if (!journey && !error)
    return (
      <section aria-label={t("field.verdict")} className={classes.panel} aria-busy="true">
        <p className={prose.dimmed}>{t("pending")}</p>
      </section>
    );
  if (!journey)
    return (
      <section aria-label={t("field.verdict")} className={classes.panel} data-tone="major">
        <div className={layout.ends} data-gap="xs" data-align="start">
          <h2>{isRecalled ? recall("head") : t("noVerdict")}</h2>
          {beside}
        </div>
        {children}
      </section>
    );
  const verdict = verdictOf(device, journey, nowMs);
  // That it works is no good news of a sensor that is recalled.
  const tone = isRecalled && (verdict.tone === "good" || verdict.tone === "neutral") ? "major" : verdict.tone;
  return (
    <section aria-label={t("field.verdict")} className={classes.panel} data-tone={tone}>
      <div className={layout.ends} data-gap="xs" data-align="start">
        <h2>
          <span className={classes.mark} aria-hidden="true">
            {marks[tone]}
          </span>
          {isRecalled ? recall("head") : words.headline(verdict)}
        </h2>
        {beside}
      </div>
      {children}
      {isRecalled && <p>{recall("data", { verdict: words.headline(verdict) })}</p>}
      {verdict.claims.length > 0 && (
        <ul>
          {verdict.claims.map((claim) => (
            <li key={claim.code}>
              <a href={`#${claim.evidence}`}>{words.claim(claim)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The verdict with what to tell the caller. */
export function VerdictPanel({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useMessages("device", "verdict");
  const advice = useAdvice(device, nowMs);
  const { language } = usePreferences();
  const ticket = useTicket(device, nowMs);
  return (
    <Verdict
      device={device}
      nowMs={nowMs}
      beside={
        ticket && <Copy serial={device.serial} texts={[[t("copyTicket"), ticketText(ticket, language)]]} />
      }
    >
      <CallerAdvice {...advice} />
    </Verdict>
  );
}
