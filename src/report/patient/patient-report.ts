import { isDenseEnough } from "#glucose/statistics.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { formatSentences } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import type { Block, Report } from "../report.ts";
import { targetsInWords } from "../target-words.ts";
import { curveBlocks } from "./curve-blocks.ts";
import { isPrinted, readingsInPeriod } from "./curve-view.ts";
import { dayBlocks } from "./day-blocks.ts";
import { episodeBlocks } from "./episode-blocks.ts";
import { gapBlocks } from "./gap-blocks.ts";
import { identityOnPaper } from "./identity.ts";
import { leftOutInWords, unreadInWords } from "./left-out-words.ts";
import type { PeriodData } from "./period-data.ts";
import { profileBlocks } from "./profile-blocks.ts";
import type { PatientSpeech, Reported } from "./reported.ts";
import { rangeBlocks, statisticBlocks } from "./statistic-blocks.ts";
import { sufficiencyNotes } from "./sufficiency-notes.ts";

/** The time of the last reading in it, or where it begins. */
export const changedAtMs = (data: PeriodData): number =>
  readingsInPeriod(data).at(-1)?.timeMs ?? data.startMs;

/** Of what, and what there is to know before one reads a number. */
function openingBlocks(reported: Reported, speech: PatientSpeech): Block[] {
  const { patient, data, leftOut, unread, stale } = reported;
  const { page, language } = speech;
  const { timeZone, startMs, endMs, asOfMs } = data;
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  const words = { ...speech, t: page, timeZone };
  const inPeriod = readingsInPeriod(data);
  const latest = inPeriod.at(-1);
  const twoSensorHours = hoursOfTwoSensors(inPeriod);
  const { missing, twice } = leftOutInWords(leftOut, inPeriod, words);
  const targets = targetsInWords(patient.targets, { ...speech, t: speech.targets });
  const about = [
    page("printed", { from: at(startMs), to: at(endMs), zone: timeZone, targets }),
    ...(latest ? [speech.report("latest", { at: at(latest.timeMs) })] : []),
    page("printedNote"),
  ];
  const warnings = [
    ...(stale
      ? [
          formatSentences(
            [
              speech.failure("stale", { title: speech.failure(`${stale.code}.title`) }),
              page("readAt", { asOf: at(asOfMs) }),
            ],
            language,
          ),
        ]
      : []),
    ...unread.map((span) => unreadInWords(span, words)),
    ...(twoSensorHours > 1 ? [page("twoSensors", { count: twoSensorHours })] : []),
    ...missing,
    ...(data.statistics.n > 0
      ? sufficiencyNotes(data, page)
      : [page(inPeriod.some(({ warmUp }) => warmUp) ? "onlyWarmUp" : "noneInPeriod")]),
  ];
  return [
    { kind: "note", text: formatSentences(about, language) },
    ...warnings.map((text): Block => ({ kind: "paragraph", text })),
    ...twice.map((text): Block => ({ kind: "note", text })),
  ];
}

/** A patient's period as its page prints it. */
export function patientReport(reported: Reported, speech: PatientSpeech, nowMs: number): Report {
  const { patient, data, gaps } = reported;
  const { page, language } = speech;
  const at = (timeMs: number) => formatDateTime(timeMs, data.timeZone, language);
  const { who, numbers } = identityOnPaper(patient, page, language);
  const { timeIn, n } = data.statistics;
  return {
    language,
    title: `${who} · ${numbers}`,
    subtitle: `${at(data.startMs)} – ${at(data.endMs)} · ${data.timeZone}`,
    type: "dense",
    changedAtMs: changedAtMs(data),
    blocks: [
      ...openingBlocks(reported, speech),
      ...(timeIn ? rangeBlocks(data, timeIn, isDenseEnough(data.statistics), speech) : []),
      ...(isPrinted(data) ? curveBlocks(data, gaps, speech, nowMs) : []),
      ...(n > 0
        ? [
            ...statisticBlocks(data, speech),
            ...profileBlocks(data, speech),
            ...episodeBlocks(data, speech, nowMs),
            ...gapBlocks(data, gaps, speech),
            ...dayBlocks(reported, speech, nowMs),
          ]
        : []),
    ],
  };
}
