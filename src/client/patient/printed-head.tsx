import type { Patient } from "#contract/patient.ts";
import { identityOnPaper } from "#report/patient/identity.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import classes from "./patient.module.css";

/** Whatever direction a name is written in, what stands beside it keeps its own. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

/** What every sheet of the report says, and what its first one says before the numbers. */
export function PrintedHead({ patient, data }: { patient: Patient; data: PeriodData }) {
  const t = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const { language } = usePreferences();
  const { who, numbers } = identityOnPaper({ ...patient, name: isolated(patient.name) }, t, language);
  const { timeZone, startMs, endMs, asOfMs } = data;
  const [from = "", to = "", asOf = ""] = [startMs, endMs, asOfMs].map((timeMs) =>
    formatDateTime(timeMs, timeZone, language),
  );
  return (
    <>
      <Sheet who={`${who} · ${numbers}`} what={`${from} – ${to} · ${timeZone}`} timeZone={timeZone} />
      <p className={`${print.printOnly} ${classes.printedFacts}`}>
        <Sentences>
          {t("printed", { from, to, zone: timeZone, targets: targetWords(patient.targets) })}
          {t("readAt", { asOf })}
          {t("printedNote")}
        </Sentences>
      </p>
    </>
  );
}
