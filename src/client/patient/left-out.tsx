import type { Reading } from "#glucose/reading.ts";
import { leftOutInWords, unreadInWords } from "#report/patient/left-out-words.ts";
import type { PatientReadings } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";

/** Records that are not in the curve are counted aloud, and parts that could not be read are named. */
export function LeftOut({
  data,
  readings,
  timeZone,
}: {
  data: PatientReadings;
  /** Those of the period. */
  readings: readonly Reading[];
  timeZone: string;
}) {
  const t = useMessages("patient", "page");
  const { unit, language } = usePreferences();
  const words = { t, unit, language, timeZone };
  const { missing, twice } = leftOutInWords(data.leftOut, readings, words);
  return (
    <>
      {data.unread.map((span) => (
        <Notice key={span.startMs} color="red" role="status">
          <Sentences>
            {unreadInWords(span, words)}
            <span className={print.screenOnly}>{t("unreadAgain")}</span>
          </Sentences>
        </Notice>
      ))}
      {missing.map((sentence) => (
        <p key={sentence} className={prose.strong}>
          {sentence}
        </p>
      ))}
      {twice.map((sentence) => (
        <p key={sentence} className={prose.note}>
          {sentence}
        </p>
      ))}
    </>
  );
}
