import { useId } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient, AppointmentDoubt, ResolvedLine } from "#contract/appointments.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { Who } from "../ui/who.tsx";
import classes from "./appointments.module.css";
import { clearOf, keyOf, meantBy, onlyOf, type Saying, type Section, sectionsOf } from "./left-over-lines.ts";

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

interface Asking {
  isChosen: (patient: AppointedPatient) => boolean;
  isDisabled: boolean;
  onTake: (line: ResolvedLine, patient: AppointedPatient) => void;
  onTakeAll: (lines: readonly ResolvedLine[]) => void;
  /** They are taken out where they are among today's patients. */
  onLeaveOut: (lines: readonly ResolvedLine[]) => void;
  onLeaveIn: (line: ResolvedLine) => void;
}

interface LeftLinesProps extends Asking {
  lines: readonly ResolvedLine[];
}

/** Lines that were not taken over, why, and who may be meant; those of which the same is said together. */
export function LeftLines({ lines, ...asking }: LeftLinesProps) {
  const t = useMessages("appointments");
  return (
    <Notice className={layout.belowSm} color="yellow" title={t("left", { count: lines.length })}>
      {sectionsOf(lines).map((section) => (
        <OfSection key={section.key} section={section} {...asking} />
      ))}
    </Notice>
  );
}

/** Those below or above a line that names nobody, or those of which none says anything. */
function OfSection({ section, ...asking }: Asking & { section: Section }) {
  const t = useMessages("appointments");
  const { language } = usePreferences();
  const title = useId();
  const quoted = (texts: readonly string[]) =>
    formatList(
      texts.map((text) => `“${text}”`),
      language,
    );
  const under = quoted(section.under);
  const above = quoted(section.above);
  const where =
    section.under.length > 0
      ? t(section.above.length > 0 ? "between" : "under", { under, above })
      : section.above.length > 0 && t("above", { above });
  const count = section.lines.length;
  const sayings = section.sayings.map((saying) => (
    <OfSaying key={saying.key} saying={saying} title={where ? title : undefined} {...asking} />
  ));
  if (!where) return sayings;
  return (
    <section className={classes.said} aria-labelledby={title}>
      <p id={title}>
        <strong>{where}</strong> {t("entries", { count })}
      </p>
      <p className={prose.small}>{t("saidOfThem")}</p>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-describedby={title}
        onClick={() => asking.onLeaveOut(section.lines)}
      >
        {t("leaveAll", { count })}
      </Button>
      {sayings}
    </section>
  );
}

/** Those whose lines say the same. */
function OfSaying({ saying, title, ...asking }: Asking & { saying: Saying; title: string | undefined }) {
  const t = useMessages("appointments");
  const id = useId();
  const { lines } = saying;
  const [only] = lines;
  const free = lines.flatMap((line) => {
    const one = onlyOf(line);
    return one && !asking.isChosen(one) ? one.id : [];
  });
  const count = new Set(free).size;
  const isSaid = lines.length > 1 && only !== undefined;
  const said = only?.isBeside
    ? [only.text]
    : saying.doubts.map(({ why, what }) => t(`doubt.${why}`, { what }));
  return (
    <>
      {isSaid && (
        <div className={classes.line}>
          {said.length > 0 && (
            <p id={id}>
              {said.join(" ")} {t("entries", { count: lines.length })}
            </p>
          )}
          {count > 1 && (
            <Button
              size="compact-sm"
              variant="default"
              aria-describedby={said.length > 0 ? id : title}
              disabled={asking.isDisabled}
              onClick={() => asking.onTakeAll(lines)}
            >
              {t("takeAll", { count })}
            </Button>
          )}
          {said.length > 0 && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-describedby={id}
              onClick={() => asking.onLeaveOut(lines)}
            >
              {t("leaveAll", { count: lines.length })}
            </Button>
          )}
        </div>
      )}
      <ul className={classes.people}>
        {lines.map((line) => (
          <OneLine
            key={keyOf(line)}
            line={line}
            isSaid={isSaid && said.length > 0}
            isToldOfAll={title !== undefined}
            {...asking}
          />
        ))}
      </ul>
    </>
  );
}

interface OneLineProps extends Asking {
  line: ResolvedLine;
  /** Whether what it says is said of several. */
  isSaid: boolean;
  isToldOfAll: boolean;
}

function OneLine({ line, isSaid, isToldOfAll, isChosen, isDisabled, ...on }: OneLineProps) {
  const { onTake, onLeaveOut, onLeaveIn } = on;
  const t = useMessages("appointments");
  const why = whyOf(line, isChosen);
  const { like, likeCount, time, timeInDoubt } = line;
  const doubts = isSaid ? [] : line.doubts;
  return (
    <li className={classes.line}>
      <code>{line.text}</code>{" "}
      {doubts.map((doubt) => (
        <span key={doubt.why} className={prose.small}>
          {t(`doubt.${doubt.why}`, { what: doubt.what })}{" "}
        </span>
      ))}
      {time === null && timeInDoubt !== null && !line.doubts.some(isOfTime) && (
        <span className={prose.small}>{t("timesUnread", { what: timeInDoubt })} </span>
      )}
      {!(isToldOfAll && why === "asked") && (
        <span className={prose.small}>{t(why, { count: line.exact.length, most: mostAppointments })} </span>
      )}
      {likeCount > like.length && (
        <span className={prose.small}>{t("likeliest", { shown: like.length, count: likeCount })} </span>
      )}
      {why === "allChosen" && (
        <Button size="compact-sm" variant="default" onClick={() => onLeaveIn(line)}>
          {t("leaveIn")}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => onLeaveOut([line])}>
        {t(why === "allChosen" && meantBy([line]).size > 0 ? "remove" : "leaveOut")}
      </Button>
      <ul className={classes.people}>
        {[...line.exact, ...like].map((patient) => (
          <li key={patient.id}>
            <Who patient={patient} isLink={patient.isArchived}>
              {patient.isArchived && <strong>{t("archived")}</strong>}
            </Who>
            {isChosen(patient) && why !== "allChosen" && (
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
  );
}

interface OtherText {
  text: string;
  /** What it is, where that can be said. */
  what?: string | null;
}

/** Texts of which nobody was looked for, each by itself. */
export function OtherTexts({ words, texts }: { words: string; texts: readonly OtherText[] }) {
  if (texts.length === 0) return null;
  return (
    <section className={layout.belowSm}>
      <p>{words}</p>
      <ul className={classes.people}>
        {[...new Map(texts.map((one) => [one.text, one])).values()].map(({ text, what }) => (
          <li key={text}>
            <code>{text}</code>
            {what && <span className={prose.small}>{what}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
