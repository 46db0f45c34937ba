import { Group, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Device } from "#contract/device.ts";
import { deviceQueries } from "../api/devices.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ticketText } from "./ticket.ts";
import { Copy } from "./ticket-panel.tsx";
import { useTicket } from "./use-ticket.ts";
import classes from "./verdict.module.css";
import { type Verdict, verdictOf } from "./verdict.ts";
import { useVerdictWords } from "./verdict-words.ts";

/**
 * Says the headline aloud when it comes and when it becomes another one, not with every minute that passes.
 */
export function VerdictSpoken({ device, nowMs }: { device: Device | undefined; nowMs: number }) {
  const words = useVerdictWords();
  const { language } = usePreferences();
  const { data: journey } = useQuery({ ...deviceQueries.journey(device?.serial ?? ""), enabled: false });
  const verdict = device && journey && verdictOf(device, journey, nowMs);
  const said = useRef({ of: "", text: "" });
  const of = verdict ? `${language} ${device.serial} ${verdict.headline}` : "";
  if (verdict && of !== said.current.of) said.current = { of, text: words.headline(verdict) };
  const text = verdict ? said.current.text : "";
  // Of a look-up that is still held it is there with the page: words that
  // come with their region are not heard.
  const [heard, setHeard] = useState("");
  useEffect(() => {
    const frame = requestAnimationFrame(() => setHeard(text));
    return () => cancelAnimationFrame(frame);
  }, [text]);
  return <VisuallyHidden role="status">{heard}</VisuallyHidden>;
}

/** The tone for eyes that do not see its colour. */
const marks: Record<Verdict["tone"], string> = { good: "✓", attention: "!", neutral: "–" };

/** What to tell the caller, in one sentence, and under it every claim with the way to what it rests on. */
export function VerdictPanel({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useMessages("device", "verdict");
  const words = useVerdictWords();
  const { language } = usePreferences();
  const ticket = useTicket(device, nowMs);
  const { data: journey, error } = useQuery(deviceQueries.journey(device.serial));
  if (!journey && !error)
    return (
      <section aria-label={t("title")} className={classes.panel} aria-busy="true">
        <Text c="dimmed">{t("pending")}</Text>
      </section>
    );
  if (!journey)
    return (
      <section aria-label={t("title")} className={classes.panel} data-tone="attention">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2}>{t("noVerdict")}</Title>
          {ticket && (
            <Copy serial={device.serial} texts={[[t("copyTicket"), ticketText(ticket, language)]]} />
          )}
        </Group>
      </section>
    );
  const verdict = verdictOf(device, journey, nowMs);
  return (
    <section aria-label={t("title")} className={classes.panel} data-tone={verdict.tone}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Title order={2}>
          <span className={classes.mark} aria-hidden="true">
            {marks[verdict.tone]}
          </span>
          {words.headline(verdict)}
        </Title>
        {ticket && <Copy serial={device.serial} texts={[[t("copyTicket"), ticketText(ticket, language)]]} />}
      </Group>
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
