import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Notice } from "../ui/notice.tsx";
import { Sentences } from "../ui/sentences.tsx";
import classes from "./patient.module.css";
import { PatientPeriod } from "./patient-period.tsx";
import { addressFault, parsePeriod, periodSearch } from "./period.ts";
import { PeriodPicker } from "./period-picker.tsx";

/**
 * The period that the address asks for; where it asks for none that can be
 * shown, the reason and another choice.
 */
export function AskedPeriod({ patient }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const nowMs = useNow();
  const [search, setSearch] = useSearchParams();
  const fault = addressFault(search, nowMs);
  if (!fault) return <PatientPeriod patient={patient} />;
  return (
    <>
      <div className={classes.controls}>
        <PeriodPicker
          period={parsePeriod(search)}
          isNone
          timeZone={patient.timeZone}
          nowMs={nowMs}
          onChange={(chosen) => setSearch(periodSearch(chosen), { preventScrollReset: true })}
        />
      </div>
      <Notice color="yellow" title={t("addressFault")}>
        <Sentences>
          {t(fault)}
          {t("addressNext")}
        </Sentences>
      </Notice>
    </>
  );
}
