import { formatSentences } from "#words/list.ts";
import type { Tone } from "../drawing.ts";
import type { Block } from "../report.ts";
import type { PeriodData } from "./period-data.ts";
import { profileDrawing } from "./profile-chart.ts";
import { profileLegend, profileNotes, type ShownProfile, shownProfile } from "./profile-view.ts";
import { binInWords } from "./profile-words.ts";
import type { PatientSpeech } from "./reported.ts";

const toneOf: Record<"outer" | "inner" | "median", Tone> = {
  outer: "profile-outer",
  inner: "profile-inner",
  median: "ink",
};

/** Every sixth hour of it. */
const profileSummary = ({ profile }: ShownProfile, { details, unit, language }: PatientSpeech): string[] =>
  profile.bins
    .filter(({ minuteOfDay }) => minuteOfDay % 360 === 0)
    .map(
      ({ minuteOfDay, smooth }) =>
        `${binInWords({ minuteOfDay, own: smooth, other: null }, details, { unit, language }).join(details("comma"))}.`,
    );

/** How glucose lies over the hours of a day. */
export function profileBlocks(data: PeriodData, speech: PatientSpeech): Block[] {
  const { details: t, curve, unit, language } = speech;
  const { timeZone, targets } = data;
  const shown = shownProfile(data, null);
  const heading: Block = { kind: "heading", text: t("profile") };
  if (!shown.profile.isEnough)
    return [heading, { kind: "note", text: t("profileTooShort", { count: shown.profile.daysWithData }) }];
  const notes = profileNotes(shown, { timeZone, isCompared: false }, { t, curve, unit, language });
  const alt = formatSentences([...notes, ...profileSummary(shown, speech)], language);
  return [
    heading,
    { kind: "note", text: formatSentences(notes, language) },
    {
      kind: "chart",
      drawing: profileDrawing(shown, targets.edges, { unit, alt }),
      legend: profileLegend(shown, timeZone, { t, language }).flatMap(([swatch, text]) =>
        swatch in toneOf ? [{ tone: toneOf[swatch as keyof typeof toneOf], text }] : [],
      ),
    },
  ];
}
