import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { deviceQueries } from "./queries.ts";
import { ticketText } from "./ticket.ts";
import { Copy } from "./ticket-panel.tsx";
import { useTicket } from "./use-ticket.ts";
import classes from "./verdict.module.css";
import { verdictOf } from "./verdict.ts";
import { useVerdictMessages } from "./verdict-messages.ts";
import { useVerdictWords } from "./verdict-words.ts";

/** What to tell the caller, in one sentence, and under it every claim with the way to what it rests on. */
export function VerdictPanel({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useVerdictMessages();
  const words = useVerdictWords();
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
        <Group justify="space-between" align="flex-start">
          <p className={classes.headline}>{t("noVerdict")}</p>
          {ticket && <Copy serial={device.serial} texts={[[t("copyTicket"), ticketText(ticket)]]} />}
        </Group>
      </section>
    );
  const verdict = verdictOf(device, journey, nowMs);
  return (
    <section aria-label={t("title")} className={classes.panel} data-tone={verdict.tone}>
      <Group justify="space-between" align="flex-start">
        <p className={classes.headline}>{words.headline(verdict)}</p>
        {ticket && <Copy serial={device.serial} texts={[[t("copyTicket"), ticketText(ticket)]]} />}
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
