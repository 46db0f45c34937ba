import { useMutation } from "@tanstack/react-query";
import { readLeaflet } from "../api/patient-report.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { usualPaper } from "../ui/paper.ts";

/** How to begin with a sensor, as a PDF file for the patient; the server writes the trail. */
export function SaveLeaflet({ patientId }: { patientId: string }) {
  const t = useMessages("onboarding", "firstReadingSteps");
  const { language } = usePreferences();
  const save = useMutation({
    mutationFn: async () => {
      const how = { language, paper: usualPaper() };
      const [{ saveBlob }, pdf] = await Promise.all([import("../ui/csv.ts"), readLeaflet(patientId, how)]);
      saveBlob("leaflet.pdf", pdf);
    },
  });
  return (
    <div className={layout.aboveSm}>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("leaflet")}
      </Button>
      {save.error && <Failure error={save.error} title={t("leafletNotMade")} onRetry={() => save.mutate()} />}
    </div>
  );
}
