import { useMutation } from "@tanstack/react-query";
import type { SensorCase } from "#contract/cases.ts";
import { caseReport } from "#report/case-report.ts";
import { toMarkdown } from "#report/markdown.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { readCasePdf } from "../api/cases.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { usualPaper } from "../ui/paper.ts";
import print from "../ui/print.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { caseCells, caseHeader } from "./case-export.ts";
import { useCaseSpeech } from "./case-words.ts";

/** The case as a PDF file made by the server, as Markdown, as a line of a table, and on paper. */
export function SaveCase({ one }: { one: SensorCase }) {
  const t = useMessages("cases");
  const speech = useCaseSpeech();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const name = `case-${one.serial}-${new Date(one.receivedAtMs).toISOString().slice(0, 10)}`;
  const markdown = () => toMarkdown(caseReport(one, speech, now()));
  const copy = async () => {
    const isCopied = await copyText(markdown());
    if (isCopied) reportAuditEvent("case.export", one.id);
    say(isCopied ? "copied" : "copyFailed");
  };
  const save = async (kind: "md" | "csv") => {
    const { saveFile, toCsv } = await import("../ui/csv.ts");
    if (kind === "md") saveFile(`${name}.md`, markdown(), "text/markdown");
    else {
      const early = one.sensor && earlyEndOf(one.sensor, now());
      saveFile(`${name}.csv`, toCsv([caseHeader, caseCells(one, early?.earlyMs ?? null)]));
    }
    reportAuditEvent("case.export", one.id);
  };
  // The server writes the trail.
  const savePdf = useMutation({
    mutationFn: async () => {
      const { language, zone } = speech;
      const asked = { language, zone, paper: usualPaper() };
      const [{ saveBlob }, pdf] = await Promise.all([import("../ui/csv.ts"), readCasePdf(one.id, asked)]);
      saveBlob(`${name}.pdf`, pdf);
    },
  });
  return (
    <div className={`${layout.column} ${print.screenOnly}`} data-gap="xs">
      <div className={layout.row} data-gap="xs">
        <Button variant="default" loading={savePdf.isPending} onClick={() => savePdf.mutate()}>
          {t("savePdf")}
        </Button>
        <Button variant="default" onClick={() => void save("md")}>
          {t("saveMarkdown")}
        </Button>
        <Button variant="default" onClick={() => void copy()}>
          {t("copyMarkdown")}
        </Button>
        <Button variant="default" onClick={() => void save("csv")}>
          {t("action.csv")}
        </Button>
        <Button variant="default" onClick={() => globalThis.print()}>
          {t("action.print")}
        </Button>
        <SaidStatus said={said} words={t} />
      </div>
      {savePdf.error && <Failure error={savePdf.error} title={t("pdfFailed")} />}
    </div>
  );
}
