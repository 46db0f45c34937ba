import { useMutation } from "@tanstack/react-query";
import { reportAuditEvent } from "../audit-events.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import type { Asked } from "./use-roster.ts";
import { publishedSortOf } from "./views.ts";

/** All who match, in the order of the list, as a file for a spreadsheet. */
export function SaveList({ view, q }: Asked) {
  const t = useMessages("roster");
  const why = useMessages("roster", "why");
  const { language, unit } = usePreferences();
  const save = useMutation({
    mutationFn: async () => {
      const [{ readWholeList }, { listCells, listHeader }, csv] = await Promise.all([
        import("../api/whole-list.ts"),
        import("./list-csv.ts"),
        import("../ui/csv.ts"),
      ]);
      const { rows, total } = await readWholeList(view, q);
      const context = { t: why, unit, language, nowMs: now() };
      const cells = rows.map((row, index) => listCells(row, index, publishedSortOf(view.sort), context));
      const day = new Date(context.nowMs).toISOString().slice(0, 10);
      csv.saveFile(`${t("fileName", { day })}.csv`, csv.toCsv([listHeader, ...cells]));
      reportAuditEvent("patients.export");
      return { count: rows.length, total };
    },
    onSuccess: ({ count, total }) => announce(t(count < total ? "savedSome" : "saved", { count, total })),
  });
  return (
    <>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("action.csv")}
      </Button>
      {save.data && save.data.count < save.data.total && <p role="alert">{t("savedSome", save.data)}</p>}
      {save.error && <PlainFailure error={save.error} />}
    </>
  );
}
