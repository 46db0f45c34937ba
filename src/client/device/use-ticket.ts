import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { gapWord } from "#report/chart/words.ts";
import { areDatesInDoubt, contradictionsIn } from "#sensor/life.ts";
import { verdictOf } from "#sensor/verdict.ts";
import { formatAside, formatList } from "#words/list.ts";
import { formatDateTime, formatDuration, shownLengthMs } from "#words/time.ts";
import { caseQueries } from "../api/cases.ts";
import { deviceQueries } from "../api/devices.ts";
import { recallQueries } from "../api/recalls.ts";
import { sessionQuery } from "../api/session.ts";
import { useCallWords } from "../cases/case-words.ts";
import { now } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { useBoxDifferences, useBoxFacts } from "./box-facts.tsx";
import { type AdviceInWords, useAdvice } from "./caller-advice.tsx";
import { type Ticket, ticketTime } from "./ticket.ts";
import { useVerdictWords } from "./verdict-words.ts";

type Fact = Ticket["facts"][number];

function useTicketTime() {
  const { language } = usePreferences();
  return ({ timeZone }: Device, timeMs: number | null, none: string) =>
    timeMs === null
      ? none
      : ticketTime(timeMs, formatDateTime(timeMs, timeZone, language), timeZone, language);
}

/** The dates of a sensor in words, as those in doubt where they are; its status number where that is not one we know. */
function useDeviceFacts(): (device: Device, isInDoubt: boolean) => Fact[] {
  const t = useMessages("device", "verdict");
  const life = useMessages("device", "life");
  const { language } = usePreferences();
  const ticketAt = useTicketTime();
  return (device, isInDoubt) => {
    const at = (timeMs: number | null, none: string) => {
      const time = ticketAt(device, timeMs, none);
      return isInDoubt && timeMs !== null ? formatAside(time, life("inDoubt"), language) : time;
    };
    const { serial, state, statusCode, owner } = device;
    const isOpen = state === "unbound" || state === "bound" || state === "activated";
    return [
      { name: t("sensor"), value: serial },
      { name: t("field.state"), value: life(`state.${state}`) },
      ...(state === "unknown" ? [{ name: t("statusCode"), value: String(statusCode) }] : []),
      { name: life("stepBound"), value: at(device.boundAtMs, life("noDate")) },
      { name: life("stepActivated"), value: at(device.activatedAtMs, life("noDate")) },
      { name: life("stepExpectedEnd"), value: at(device.estimatedEndAtMs, life("noDate")) },
      { name: life("stepEnded"), value: at(device.endedAtMs, life(isOpen ? "notYet" : "noDate")) },
      {
        name: t("field.owner"),
        value: owner.kind === "patient" ? owner.partnerUid : t(`owner.${owner.kind}`),
      },
    ];
  };
}

/** The first lines of a ticket: what was said, and by whom and when; the page's address is no secret to colleagues. */
function useAnswer(): (serial: string, advice: AdviceInWords, atMs: number) => Ticket["answer"] {
  const t = useMessages("device", "verdict");
  const words = useMessages("device", "advice");
  const { language } = usePreferences();
  const by = useQuery(sessionQuery).data?.user.name ?? "";
  return (serial, { saying, step, afterwards }, atMs) => [
    { name: words("tell"), value: saying },
    { name: words("next"), value: step },
    ...(afterwards ? [{ name: words("then"), value: afterwards }] : []),
    { name: t("ticketPage"), value: `${location.origin}/devices/${encodeURIComponent(serial)}` },
    {
      name: t("ticketAnswered"),
      value: t("ticketBy", {
        name: by,
        time: ticketTime(atMs, formatDateTime(atMs, viewerZone, language), viewerZone, language),
      }),
    },
  ];
}

/** How often somebody called about a sensor, how its newest case stands and what replaces it, and under which numbers the vendor knows of it. */
function useCaseFacts(serial: string): Fact[] {
  const t = useMessages("cases");
  const nth = useCallWords();
  const { language } = usePreferences();
  const { cases = [], calls = 0 } = useQuery(caseQueries.ofSensor(serial)).data ?? {};
  const numbers = cases.flatMap(({ vendorNumber }) => vendorNumber ?? []);
  const [newest] = cases;
  const standing = [
    nth(calls),
    ...(newest ? [t(`caseState.${newest.state}`)] : []),
    ...(newest?.replacementSerial ? [t("replacedBy", { serial: newest.replacementSerial })] : []),
  ];
  return [
    ...(calls > 0 ? [{ name: t("calls"), value: standing.join(" · ") }] : []),
    ...(numbers.length > 0 ? [{ name: t("part.vendorNumber"), value: formatList(numbers, language) }] : []),
  ];
}

/** Of a recalled sensor that comes before all else. */
function useRecallFacts(serial: string): Fact[] {
  const t = useMessages("device", "recall");
  const { language } = usePreferences();
  const { data = [] } = useQuery(recallQueries.ofDevice(serial));
  if (data.length === 0) return [];
  return [
    {
      name: t("ticket"),
      value: formatList(
        data.map(({ name }) => name),
        language,
      ),
    },
  ];
}

/** The ticket of a sensor, null while its data is on the way. It holds no glucose value, for any role. */
export function useTicket(device: Device, nowMs: number): Ticket | null {
  const t = useMessages("device", "verdict");
  const life = useMessages("device", "life");
  const words = useVerdictWords();
  const causes = useMessages("domain");
  const advice = useAdvice(device, nowMs);
  const answerOf = useAnswer();
  const deviceFacts = useDeviceFacts();
  const boxFacts = useBoxFacts(device.box, nowMs);
  const caseFacts = useCaseFacts(device.serial);
  const recallFacts = useRecallFacts(device.serial);
  const failureFacts = useFailureFacts();
  const { language } = usePreferences();
  const at = useTicketTime();
  const { data: journey, error } = useQuery(deviceQueries.journey(device.serial));
  const isInDoubt = areDatesInDoubt(device, journey, nowMs);
  const box = useMessages("device", "box");
  const differences = useBoxDifferences(device.box, nowMs).contradictions.map((value) => ({
    name: box("contradicts"),
    value,
  }));
  const answer = [...recallFacts, ...differences, ...answerOf(device.serial, advice, nowMs)];
  if (!journey) {
    const facts = error && [
      ...deviceFacts(device, isInDoubt),
      ...boxFacts,
      ...caseFacts,
      ...failureFacts(error),
    ];
    return facts && { headline: t("noVerdict"), answer, facts, claims: [] };
  }
  const { received, expected, nominalSpacingMin, firstReadingMs, lastReadingMs, asOfMs, gaps } = journey;
  const verdict = verdictOf(device, journey, nowMs);
  const [longest] = gaps.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
  const gapInWords =
    longest &&
    t("longestGapOf", {
      length: formatDuration(shownLengthMs(longest.fromMs, longest.toMs), language),
      from: at(device, longest.fromMs, ""),
      cause: gapWord(causes, longest.cause),
    });
  return {
    headline: words.headline(verdict),
    answer,
    facts: [
      ...deviceFacts(device, isInDoubt),
      ...boxFacts,
      ...caseFacts,
      {
        name: t("ticketReceived"),
        value: t("receivedOf", { received, expected, minutes: nominalSpacingMin }),
      },
      { name: t("firstReading"), value: at(device, firstReadingMs, t("none")) },
      { name: t("lastReading"), value: at(device, lastReadingMs, t("none")) },
      ...(gapInWords ? [{ name: t("longestGap"), value: gapInWords }] : []),
      { name: t("ticketRead"), value: at(device, asOfMs, t("none")) },
    ],
    claims: [
      ...verdict.claims.map(words.claim),
      ...contradictionsIn(device, nowMs).map((name) => life(name)),
    ],
  };
}

function useFailureFacts(): (error: Error) => Fact[] {
  const failure = useMessages("domain", "failure");
  return (error) => {
    const problem = error instanceof ApiError ? error.problem : null;
    const platform = problem?.platform;
    const known: [string, string | number | null | undefined][] = [
      [failure("code"), error instanceof ApiError ? error.code : error.message],
      [failure("platformCode"), platform?.code],
      [failure("platformMessage"), platform?.message],
      [failure("httpStatus"), platform?.httpStatus],
      [failure("requestId"), problem?.requestId],
    ];
    return known.flatMap(([name, value]) =>
      value === null || value === undefined || value === "" ? [] : { name, value: String(value) },
    );
  };
}

/**
 * The ticket of a look-up that failed: what the platform or our server said, for
 * the people who have to find out why.
 */
export function useFailureTicket(
  serial: string,
  headline: string,
  advice: AdviceInWords,
  { error, atMs }: { error: Error; atMs: number },
): Ticket {
  const answerOf = useAnswer();
  const t = useMessages("device", "verdict");
  const failureFacts = useFailureFacts();
  const boxFacts = useBoxFacts(undefined, atMs);
  const recallFacts = useRecallFacts(serial);
  const { language } = usePreferences();
  const facts = [
    { name: t("sensor"), value: serial },
    ...boxFacts,
    ...(atMs === 0 ? [] : [{ name: t("ticketLookedUp"), value: ticketTime(atMs, "", "UTC", language) }]),
    ...failureFacts(error),
  ];
  return {
    headline,
    answer: [...recallFacts, ...answerOf(serial, advice, atMs === 0 ? now() : atMs)],
    facts,
    claims: [],
  };
}
