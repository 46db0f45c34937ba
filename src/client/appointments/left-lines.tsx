import type { ReactNode } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient, AppointmentDoubt, ResolvedLine } from "#contract/appointments.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { Who } from "../ui/who.tsx";
import classes from "./appointments.module.css";

/** What was not taken over: patients to be asked about or nobody, cells that are no patient's, lines that are none either. */
export interface Left {
  lines: readonly ResolvedLine[];
  ignored: readonly string[];
  notAppointments: readonly string[];
}

/** Each line once; who stands beside somebody would be taken if they were looked up by themselves. */
export const textOf = ({ lines }: Left): string =>
  [...new Set(lines.flatMap((line) => (line.isBeside ? [] : line.text)))].join("\n");

export const keyOf = ({ text, exact, like }: ResolvedLine): string =>
  [text, ...[...exact, ...like].map(({ id }) => id)].join("\n");

/** Who alone is meant. */
export const onlyOf = ({ exact }: ResolvedLine): AppointedPatient | undefined =>
  exact.length === 1 && !exact[0]?.isArchived ? exact[0] : undefined;

/** Who is meant, and comes, without doubt. */
export const clearOf = (line: ResolvedLine): AppointedPatient | undefined =>
  line.isBeside || line.doubts.length > 0 ? undefined : onlyOf(line);

const isOfTime = ({ why }: AppointmentDoubt) => why === "time";

const whyOf = (line: ResolvedLine, isChosen: (patient: AppointedPatient) => boolean) => {
  const { exact, like, isBeside } = line;
  const people = [...exact, ...like];
  if (exact.length > 0 && people.every(isChosen)) return "allChosen";
  if (clearOf(line)) return "dayFull";
  if (exact[0]?.isArchived) return "isArchived";
  if (isBeside) return "beside";
  if (onlyOf(line)) return "asked";
  if (exact.length > 0) return "several";
  return like.length > 0 ? "onlyLike" : "nobody";
};

interface LeftLinesProps {
  lines: readonly ResolvedLine[];
  isChosen: (patient: AppointedPatient) => boolean;
  isDisabled: boolean;
  onTake: (line: ResolvedLine, patient: AppointedPatient) => void;
  onLeaveOut: (line: ResolvedLine) => void;
  children: ReactNode;
}

/** Lines that were not taken over, why, and who may be meant. */
export function LeftLines({ lines, isChosen, isDisabled, onTake, onLeaveOut, children }: LeftLinesProps) {
  const t = useMessages("appointments");
  return (
    <Notice className={layout.belowSm} color="yellow" title={t("left", { count: lines.length })}>
      <ul className={classes.people}>
        {lines.map((line) => (
          <li key={keyOf(line)} className={classes.line}>
            <code>{line.text}</code>{" "}
            {line.doubts.map(({ why, what }) => (
              <span key={why} className={prose.small}>
                {t(`doubt.${why}`, { what })}{" "}
              </span>
            ))}
            {line.time === null && line.timeInDoubt !== null && !line.doubts.some(isOfTime) && (
              <span className={prose.small}>{t("timesUnread", { what: line.timeInDoubt })}</span>
            )}
            <span className={prose.small}>
              {t(whyOf(line, isChosen), { count: line.exact.length, most: mostAppointments })}
            </span>{" "}
            <Button size="compact-sm" variant="subtle" onClick={() => onLeaveOut(line)}>
              {t("leaveOut")}
            </Button>
            <ul className={classes.people}>
              {[...line.exact, ...line.like].map((patient) => (
                <li key={patient.id}>
                  <Who patient={patient} isLink={patient.isArchived}>
                    {patient.isArchived && <strong>{t("archived")}</strong>}
                  </Who>
                  {isChosen(patient) && whyOf(line, isChosen) !== "allChosen" && (
                    <span className={prose.small}>{t("allChosen")}</span>
                  )}
                  {!patient.isArchived && !isChosen(patient) && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={isDisabled}
                      onClick={() => onTake(line, patient)}
                    >
                      {t("take")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {children}
    </Notice>
  );
}

/** Texts of which nobody was looked for, each by itself. */
export function OtherTexts({ words, texts }: { words: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <section className={layout.belowSm}>
      <p>{words}</p>
      <ul className={classes.people}>
        {[...new Set(texts)].map((text) => (
          <li key={text}>
            <code>{text}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
