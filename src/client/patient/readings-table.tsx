import { useState } from "react";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { ExportButtons } from "./readings-export.tsx";
import { SortedReadings } from "./sorted-readings.tsx";

/** The readings that the curve shows as a table: sorted by any of its numbers, to copy, or as a file. */
export function ReadingsTable(props: DetailsProps) {
  const t = useMessages("details");
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { shown, shownZone } = props;
  const at = (timeMs: number) => formatDateTime(timeMs, shownZone, language);
  return (
    <Section
      id="readings"
      title={t("readings")}
      beside={
        <div className={layout.row} data-gap="xs">
          <ExportButtons {...props} />
          <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "hideTable" : "showTable")}
          </Button>
        </div>
      }
      className={details.readings}
    >
      <p className={prose.note}>
        {t("readingsOf", { from: at(shown.startMs), to: at(shown.endMs), zone: shownZone })}
      </p>
      {open && <SortedReadings {...props} />}
    </Section>
  );
}
