import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient, ResolvedLine } from "#contract/appointments.ts";
import { resolveLines } from "../api/appointments.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { TextArea } from "../ui/text-area.tsx";
import classes from "./appointments.module.css";
import { Who } from "./appointments-page.tsx";

const longestLine = 200;

const none: ResolvedLine = { exact: [], like: [], areAllMeant: false };

const linesOf = (text: string): string[] => [
  ...new Set(text.split(/\r?\n/).flatMap((line) => line.trim() || [])),
];

interface PasteFormProps {
  owner: string;
  chosen: readonly AppointedPatient[];
  isPending: boolean;
  onAdd: (patients: readonly AppointedPatient[]) => void;
}

interface Open {
  line: string;
  resolved: ResolvedLine;
}

/**
 * IDs or names, one on each line. Who is meant without doubt is taken over in the lines' order; every other line
 * stays and says what is the matter.
 */
export function PasteForm({ owner, chosen, isPending, onAdd }: PasteFormProps) {
  const t = useMessages("appointments");
  const [text, setText] = useDraft("appointments", owner, "");
  const [open, setOpen] = useState<readonly Open[]>([]);
  const resolve = useMutation(resolveLines);
  const lines = linesOf(text);
  const tooLong = lines.find((line) => line.length > longestLine);
  const submit = () =>
    resolve.mutate(lines, {
      onSuccess: (answers) => {
        const asked = lines.map((line, i) => ({ line, resolved: answers[i] ?? none }));
        const left = asked.filter(({ resolved }) => !resolved.areAllMeant);
        const taken = asked.flatMap(({ resolved: { exact, areAllMeant } }) => (areAllMeant ? exact : []));
        onAdd([...new Map(taken.map((patient) => [patient.id, patient])).values()]);
        setOpen(left);
        setText(left.map(({ line }) => line).join("\n"));
      },
    });
  const take = (taken: Open, patient: AppointedPatient) => {
    onAdd([patient]);
    const left = open.filter((one) => one !== taken);
    setOpen(left);
    setText(
      linesOf(text)
        .filter((line) => line !== taken.line)
        .join("\n"),
    );
  };
  const tooMany = lines.length + chosen.length > mostAppointments;
  return (
    <section>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (lines.length > 0) submit();
        }}
      >
        <TextArea
          label={t("paste")}
          description={t("pasteHint")}
          rows={6}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          error={
            tooLong
              ? t("lineTooLong", { most: longestLine })
              : tooMany &&
                t("tooMany", { count: lines.length, most: mostAppointments, chosen: chosen.length })
          }
        />
        <Button
          type="submit"
          className={classes.submit}
          loading={resolve.isPending || isPending}
          disabled={lines.length === 0 || tooMany || tooLong !== undefined}
        >
          {t("find")}
        </Button>
      </form>
      {resolve.error && <Failure error={resolve.error} title={t("notFoundOut")} />}
      {open.length > 0 && (
        <Notice className={layout.belowSm} color="yellow" title={t("left", { count: open.length })}>
          <ul className={classes.people}>
            {open.map((one) => (
              <li key={one.line} className={classes.line}>
                <code>{one.line}</code>
                <span className={prose.small}>
                  {t(whyOf(one.resolved), { count: one.resolved.exact.length })}
                </span>
                <ul className={classes.people}>
                  {[...one.resolved.exact, ...one.resolved.like].map((patient) => (
                    <li key={patient.id}>
                      <Who patient={patient} />
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={isPending}
                        onClick={() => take(one, patient)}
                      >
                        {t("take")}
                      </Button>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}

const whyOf = ({ exact, like }: ResolvedLine) =>
  exact.length > 1 ? "several" : like.length > 0 ? "onlyLike" : "nobody";
