import type { Patient } from "#contract/patient.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityWords } from "../ui/identity-words.ts";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import classes from "./patient.module.css";

/** What every sheet of the report says, and what its first one says before the numbers. */
export function PrintedHead({ patient, data }: { patient: Patient; data: PeriodData }) {
  const t = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const words = useIdentityWords();
  const { language } = usePreferences();
  const { timeZone, startMs, endMs, asOfMs } = data;
  const born = patient.dateOfBirth && words.born(patient.dateOfBirth);
  const [from = "", to = "", asOf = ""] = [startMs, endMs, asOfMs].map((timeMs) =>
    formatDateTime(timeMs, timeZone, language),
  );
  return (
    <>
      <Sheet
        who={[patient.name, born, patient.partnerUid].filter(Boolean).join(" · ")}
        what={`${from} – ${to} · ${timeZone}`}
        timeZone={timeZone}
      />
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
