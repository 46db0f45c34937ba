import { Button, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Device } from "#contract/device.ts";
import { usePreferences } from "../preferences.ts";
import { formatDateTime } from "../ui/time.ts";
import { useLifeMessages } from "./life-messages.ts";
import { deviceQueries } from "./queries.ts";
import { type TicketFact, ticketMarkdown, ticketText, ticketTime } from "./ticket.ts";
import classes from "./verdict.module.css";
import { verdictOf } from "./verdict.ts";
import { useVerdictMessages } from "./verdict-messages.ts";
import { useVerdictWords } from "./verdict-words.ts";

/** The facts as text, to paste into a ticket. It holds no glucose value, whoever copies it. */
export function TicketPanel({ device, nowMs }: { device: Device; nowMs: number }) {
  const t = useVerdictMessages();
  const life = useLifeMessages();
  const words = useVerdictWords();
  const { language } = usePreferences();
  const [said, setSaid] = useState<"copied" | "copyFailed" | null>(null);
  const { data: journey } = useQuery(deviceQueries.journey(device.serial));
  if (!journey) return null;

  const { timeZone, owner } = device;
  const at = (timeMs: number | null, none: string) =>
    timeMs === null ? none : ticketTime(timeMs, formatDateTime(timeMs, timeZone, language), timeZone);
  const { received, expected, nominalSpacingMin, firstReadingMs, lastReadingMs, asOfMs } = journey;
  const facts: TicketFact[] = [
    { name: t("ticketSerial"), value: device.serial },
    { name: t("ticketState"), value: life(device.state) },
    { name: life("stepBound"), value: at(device.boundAtMs, life("noDate")) },
    { name: life("stepActivated"), value: at(device.activatedAtMs, life("noDate")) },
    { name: life("stepExpectedEnd"), value: at(device.estimatedEndAtMs, life("noDate")) },
    {
      name: life("stepEnded"),
      value: at(device.endedAtMs, life(device.state === "ended" ? "noDate" : "notYet")),
    },
    {
      name: t("ticketOwner"),
      value: owner.kind === "patient" ? owner.partnerUid : t(`owner-${owner.kind}`),
    },
    {
      name: t("ticketReceived"),
      value: t("ticketReceivedOf", { received, expected, minutes: nominalSpacingMin }),
    },
    { name: t("ticketFirst"), value: at(firstReadingMs, t("ticketNone")) },
    { name: t("ticketLast"), value: at(lastReadingMs, t("ticketNone")) },
    { name: t("ticketRead"), value: at(asOfMs, t("ticketNone")) },
  ];
  const verdict = verdictOf(device, journey, nowMs);
  const parts = [words.headline(verdict), facts, verdict.claims.map(words.claim)] as const;
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setSaid("copied"),
      () => setSaid("copyFailed"),
    );
  return (
    <section aria-labelledby="ticket">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="ticket">
          {t("ticket")}
        </Title>
        <Group gap="xs">
          <Text size="sm" role="status">
            {said && t(said)}
          </Text>
          <Button variant="default" onClick={() => void copy(ticketText(...parts))}>
            {t("copyText")}
          </Button>
          <Button variant="default" onClick={() => void copy(ticketMarkdown(...parts))}>
            {t("copyMarkdown")}
          </Button>
        </Group>
      </Group>
      <div className={classes.ticket}>{ticketText(...parts)}</div>
    </section>
  );
}
