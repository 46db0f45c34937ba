import { lazy, Suspense, useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { useMessages } from "../i18n.ts";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import type { DetailsProps } from "./details-props.ts";
import { Glance, type GlanceProps } from "./glance.tsx";
import { loadDetails } from "./load-details.ts";
import classes from "./patient.module.css";
import { PrintedHead } from "./printed-head.tsx";

interface PeriodSectionsProps extends Omit<GlanceProps, "shownZone" | "onOtherZone"> {
  patient: Patient;
}

/** All that is told of a period. Until it has come there is only the curve of the one before. */
export function PeriodSections(props: PeriodSectionsProps) {
  const { patient, address, data, gaps, chosen, window, curve, nowMs, isLoading } = props;
  const t = useMessages("patient", "page");
  /** The viewer's, while it is shown instead of the patient's. */
  const [otherZone, setOtherZone] = useState<string | null>(null);
  const shownZone = otherZone ?? data.timeZone;
  const { n } = data.statistics;
  return (
    <div aria-busy={isLoading} className={classes.period}>
      {isLoading && <p className={print.printOnly}>{t("printedTooSoon")}</p>}
      <PrintedHead patient={patient} data={data} />
      <Glance {...props} shownZone={shownZone} onOtherZone={setOtherZone} />
      {!isLoading && n > 0 && (
        <Details
          patient={patient}
          data={data}
          gaps={gaps}
          shownZone={shownZone}
          nowMs={nowMs}
          comparison={address.comparison}
          onComparison={address.compare}
          onPeriod={address.choosePeriod}
          shown={chosen?.span ?? window ?? data}
          shownReadings={chosen?.readings ?? data.readings}
          onShow={curve.show}
        />
      )}
    </div>
  );
}

const PatientDetails = lazy(async () => ({ default: (await loadDetails()).PatientDetails }));

function Details(props: DetailsProps) {
  const t = useMessages("patient", "page");
  return (
    <Suspense
      fallback={
        <>
          <p className={print.printOnly}>{t("printedInPart")}</p>
          <Loading height={320} />
        </>
      }
    >
      <PatientDetails {...props} />
    </Suspense>
  );
}
