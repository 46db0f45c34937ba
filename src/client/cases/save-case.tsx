import type { SensorCase } from "#contract/cases.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { caseCells, caseHeader, caseMarkdown } from "./case-export.ts";
import { useCaseWords } from "./case-words.ts";
import { useChanges } from "./use-changes.ts";
import { useRecordLines } from "./use-record-lines.ts";

/** The case as Markdown, as a line of a table, and on paper. */
export function SaveCase({ one }: { one: SensorCase }) {
  const t = useMessages("cases");
  const { language } = usePreferences();
  const words = useCaseWords();
  const { changes } = useChanges();
  const linesOf = useRecordLines();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const name = `case-${one.serial}-${new Date(one.receivedAtMs).toISOString().slice(0, 10)}`;
  const markdown = () =>
    caseMarkdown(
      {
        title: t("titleOf", { serial: one.serial }),
        zone: words.zone,
        lines: linesOf(one, now()),
        missing: t("isMissing"),
        calls: one.furtherCalls.map(({ atMs, caller, said: text, by }) => ({
          head: [
            words.time(atMs),
            ...(caller ? [caller] : []),
            t("notedBy", { name: words.person(by) }),
          ].join(" · "),
          said: text ?? t("unreadable"),
        })),
        history: {
          title: t("history"),
          edits: one.history.map((edit) => ({ head: words.edited(edit), changes: changes(edit) })),
        },
      },
      language,
    );
  const copy = async () => {
    const isCopied = await copyText(markdown());
    if (isCopied) reportAuditEvent("case.export", one.id);
    say(isCopied ? "copied" : "copyFailed");
  };
  const save = async (kind: "md" | "csv") => {
    const csv = await import("../ui/csv.ts");
    if (kind === "md") csv.saveFile(`${name}.md`, markdown(), "text/markdown");
    else {
      const early = one.sensor && earlyEndOf(one.sensor, now());
      csv.saveFile(`${name}.csv`, csv.toCsv([caseHeader, caseCells(one, early?.earlyMs ?? null)]));
    }
    reportAuditEvent("case.export", one.id);
  };
  return (
    <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
      <Button variant="default" onClick={() => void copy()}>
        {t("copyMarkdown")}
      </Button>
      <Button variant="default" onClick={() => void save("md")}>
        {t("saveMarkdown")}
      </Button>
      <Button variant="default" onClick={() => void save("csv")}>
        {t("action.csv")}
      </Button>
      <Button variant="default" onClick={() => globalThis.print()}>
        {t("action.print")}
      </Button>
      <SaidStatus said={said} words={t} />
    </div>
  );
}
