import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { ApiError } from "../http.ts";
import { usePreferences } from "../preferences.ts";
import { useFailureMessages } from "../ui/failure-messages.ts";
import { formatDateTime } from "../ui/time.ts";
import { useLifeMessages } from "./life-messages.ts";
import { deviceQueries } from "./queries.ts";
import { type Ticket, ticketTime } from "./ticket.ts";
import { verdictOf } from "./verdict.ts";
import { useVerdictMessages } from "./verdict-messages.ts";
import { useVerdictWords } from "./verdict-words.ts";

/** The ticket of a sensor whose data has been read, else null. It holds no glucose value, whoever copies it. */
export function useTicket(device: Device, nowMs: number): Ticket | null {
  const t = useVerdictMessages();
  const life = useLifeMessages();
  const words = useVerdictWords();
  const { language } = usePreferences();
  const { data: journey } = useQuery(deviceQueries.journey(device.serial));
  if (!journey) return null;

  const { timeZone, owner } = device;
  const at = (timeMs: number | null, none: string) =>
    timeMs === null ? none : ticketTime(timeMs, formatDateTime(timeMs, timeZone, language), timeZone);
  const { received, expected, nominalSpacingMin, firstReadingMs, lastReadingMs, asOfMs } = journey;
  const verdict = verdictOf(device, journey, nowMs);
  return {
    headline: words.headline(verdict),
    facts: [
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
    ],
    claims: verdict.claims.map(words.claim),
  };
}

/** The ticket of a look-up that failed: what the platform or our server said, for whoever has to find out why. */
export function useFailureTicket(serial: string, headline: string, error: Error, atMs: number): Ticket {
  const t = useVerdictMessages();
  const failure = useFailureMessages();
  const problem = error instanceof ApiError ? error.problem : null;
  const platform = problem?.platform;
  const known: [string, string | number | null | undefined][] = [
    [t("ticketSerial"), serial],
    [t("ticketLookedUp"), atMs === 0 ? null : ticketTime(atMs, "", "UTC")],
    [failure("code"), error instanceof ApiError ? error.code : error.message],
    [failure("platformCode"), platform?.code],
    [failure("platformMessage"), platform?.message],
    [failure("httpStatus"), platform?.httpStatus],
    [failure("requestId"), problem?.requestId],
  ];
  return {
    headline,
    facts: known.flatMap(([name, value]) =>
      value === null || value === undefined || value === "" ? [] : { name, value: String(value) },
    ),
    claims: [],
  };
}
