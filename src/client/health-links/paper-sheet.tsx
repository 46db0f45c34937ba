import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { HealthLinkRequest } from "#contract/health-links.ts";
import { readReport } from "../api/patient-report.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { usualPaper } from "../ui/paper.ts";
import prose from "../ui/prose.module.css";
import { DaysField } from "./days-field.tsx";
import classes from "./health-links.module.css";

/** A patient's last days on one sheet in plain words, as a PDF file; the server writes the trail. */
export function PaperSheet({ patientId }: { patientId: string }) {
  const t = useMessages("health-links");
  const { language, unit } = usePreferences();
  const [days, setDays] = useState<HealthLinkRequest["days"]>("14");
  const save = useMutation({
    mutationFn: async () => {
      const how = { language, unit, paper: usualPaper(), audience: "patient" } as const;
      const [{ saveBlob }, pdf] = await Promise.all([
        import("../ui/csv.ts"),
        readReport(patientId, { days }, how),
      ]);
      saveBlob(`glucose-sheet-${days}-days.pdf`, pdf);
    },
  });
  return (
    <section className={`${layout.column} ${classes.form}`} data-gap="sm">
      <h2>{t("sheet")}</h2>
      <p className={prose.note}>{t("sheetMeaning")}</p>
      <DaysField
        label={t("days")}
        nameOf={(count) => t("lastDays", { count })}
        days={days}
        onDays={setDays}
      />
      <div>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t("saveSheet")}
        </Button>
      </div>
      {save.error && <Failure error={save.error} title={t("sheetNotMade")} onRetry={() => save.mutate()} />}
    </section>
  );
}
