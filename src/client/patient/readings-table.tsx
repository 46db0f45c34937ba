import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { formatDateTime } from "#words/time.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { ExportButtons } from "./readings-export.tsx";

/** Asked for when the table is first opened. */
async function loadTable() {
  try {
    return (await import("./sorted-readings.tsx")).SortedReadings;
  } catch (cause) {
    throw new ApiError("offline", cause);
  }
}

/** The readings that the curve shows as a table: sorted by any of its numbers, to copy, or as a file. */
export function ReadingsTable(props: DetailsProps) {
  const t = useMessages("details");
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { data: SortedReadings, error, mutate } = useMutation({ mutationFn: loadTable });
  const toggle = () => {
    setOpen(!open);
    if (!open && !SortedReadings) mutate();
  };
  const { shown, shownZone } = props;
  const at = (timeMs: number) => formatDateTime(timeMs, shownZone, language);
  return (
    <Section
      id="readings"
      title={t("readings")}
      beside={
        <div className={layout.row} data-gap="xs">
          <ExportButtons {...props} />
          <Button variant="default" aria-expanded={open} onClick={toggle}>
            {t(open ? "hideTable" : "showTable")}
          </Button>
        </div>
      }
      className={details.readings}
    >
      <p className={prose.note}>
        {t("readingsOf", { from: at(shown.startMs), to: at(shown.endMs), zone: shownZone })}
      </p>
      {open &&
        (SortedReadings ? (
          <SortedReadings {...props} />
        ) : error ? (
          <Failure error={error} onRetry={() => mutate()} />
        ) : (
          <Loading height="26rem" />
        ))}
    </Section>
  );
}
