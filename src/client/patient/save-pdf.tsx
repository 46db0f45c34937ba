import { useMutation } from "@tanstack/react-query";
import { createPortal } from "react-dom";
import { localDateOf } from "#glucose/local-time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { readReport } from "../api/patient-report.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { usualPaper } from "../ui/paper.ts";

interface SavePdfProps {
  patientId: string;
  /** As an address says it. */
  period: Record<string, string>;
  /** Where it stands why there is no file. */
  below: HTMLElement | null;
  data: Pick<PeriodData, "startMs" | "endMs" | "timeZone">;
}

/** The period as a PDF file that the server makes; it writes the trail. */
export function SavePdf({ patientId, period, below, data }: SavePdfProps) {
  const t = useMessages("details");
  const { language, unit } = usePreferences();
  const save = useMutation({
    mutationFn: async () => {
      const how = { language, unit, paper: usualPaper() };
      const [{ saveBlob }, pdf] = await Promise.all([
        import("../ui/csv.ts"),
        readReport(patientId, period, how),
      ]);
      const days = [data.startMs, data.endMs - 1].map((timeMs) => localDateOf(timeMs, data.timeZone));
      saveBlob(`glucose-${days.join("-to-")}.pdf`, pdf);
    },
  });
  return (
    <>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("pdf")}
      </Button>
      {save.error &&
        below &&
        createPortal(
          <div className={layout.belowSm}>
            <Failure error={save.error} title={t("pdfNotMade")} onRetry={() => save.mutate()} />
          </div>,
          below,
        )}
    </>
  );
}
