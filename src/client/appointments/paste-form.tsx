import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient, Appointment, ResolvedLine } from "#contract/appointments.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { formatList } from "#words/list.ts";
import { resolveLines } from "../api/appointments.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./appointments.module.css";
import { LeftLines, OtherTexts } from "./left-lines.tsx";
import { clearOf, keyOf, type Left, meantBy, onlyOf, textOf, withoutLines } from "./left-over-lines.ts";
import { type Placed, placeOf } from "./placed.ts";

const longestLine = 200;

const linesOf = (text: string): string[] => text.split(/\r?\n/).flatMap((line) => line.trim() || []);

/** Those that stand in it more than once, each once. */
const repeatedIn = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((text, index) => texts.indexOf(text) < index)),
];

interface PasteFormProps {
  owner: string;
  chosen: readonly Appointment[];
  isPending: boolean;
  /**
   * Who is chosen already gets their new time. `at`: before whom of those chosen the others come; behind all where it
   * is not said.
   */
  onAdd: (patients: readonly Appointment[], onAdded: () => void, at?: number) => void;
  onTakeOut: (ids: ReadonlySet<string>, onDone: () => void) => void;
}

/** With the time where somebody comes at one. */
const atTime = ({ name, time }: Appointment): string => (time === null ? name : `${name} ${time}`);

/** What is said beside how many were added. */
interface Additions {
  at?: number | undefined;
  /** What stood there more than once. */
  twice?: readonly string[];
  times?: readonly string[];
  onDone?: () => void;
}

/**
 * IDs or names, one on each line, or several IDs. Who is meant without doubt is taken over in the lines' order;
 * everything else stays and says what is the matter.
 */
export function PasteForm({ owner, chosen, isPending, onAdd, onTakeOut }: PasteFormProps) {
  const t = useMessages("appointments");
  const { language } = usePreferences();
  const [text, setText] = useDraft("appointments", owner, "");
  const [left, setLeft] = useState<Left>({ lines: [], ignored: [], notAppointments: [] });
  const [placed, setPlaced] = useState<readonly Placed[]>([]);
  const [said, say] = useSaid<string>();
  const status = useRef<HTMLDivElement>(null);
  const resolve = useMutation(resolveLines);
  const lines = linesOf(text);
  const tooLong = lines.find((line) => line.length > longestLine);
  const isFull = chosen.length >= mostAppointments;
  const isChosen = ({ id }: AppointedPatient) => chosen.some((one) => one.id === id);
  /** The button that was pressed is gone; what is left stands behind what is said. */
  const goOn = () => status.current?.focus();
  /** Adds those whom the day has room for; the rest, once that is done, is what `leave` makes of them. */
  const addAll = (
    patients: readonly Appointment[],
    leave: (beyond: readonly Appointment[]) => Left,
    { at, twice = [], times = [], onDone }: Additions = {},
  ) => {
    const fresh = patients.filter((patient) => !isChosen(patient));
    const room = mostAppointments - chosen.length;
    const added = fresh.slice(0, room);
    const already = patients.length - fresh.length;
    const moved = patients.filter(({ id, time }) =>
      chosen.some((one) => one.id === id && time !== null && one.time !== time),
    );
    onAdd(
      [...added, ...moved],
      () => {
        const kept = leave(fresh.slice(room));
        setLeft(kept);
        setText(textOf(kept));
        say(
          [
            t("added", { count: added.length }),
            ...(already > 0 ? [t("already", { count: already })] : []),
            ...(moved.length > 0 ? [t("moved", { what: formatList(moved.map(atTime), language) })] : []),
            ...(twice.length > 0 ? [t("twice", { what: formatList(twice, language) })] : []),
            ...times,
            ...(added.length < fresh.length ? [t("dayFull", { most: mostAppointments })] : []),
          ].join(" "),
        );
        onDone?.();
      },
      at,
    );
  };
  /** Times of those who are taken over that could not be read, or whose half of the day the line leaves open. */
  const doubtsOf = (lines: readonly ResolvedLine[]): string[] => {
    const doubted = lines.filter((line) => line.timeInDoubt !== null);
    const assumed = doubted.flatMap(({ time, timeInDoubt, exact }) =>
      time === null ? [] : `${exact[0]?.name}: ${timeInDoubt} → ${time}`,
    );
    const unread = doubted.flatMap(({ time, timeInDoubt }) => (time === null ? [timeInDoubt ?? ""] : []));
    return [
      ...(assumed.length > 0 ? [t("timesAssumed", { what: formatList(assumed, language) })] : []),
      ...(unread.length > 0 ? [t("timesUnread", { what: formatList(unread, language) })] : []),
    ];
  };
  const submit = () =>
    resolve.mutate(
      { lines, today: localDateOf(now(), viewerZone) },
      {
        onSuccess: ({ lines: answers, ignored, notAppointments }) => {
          const taken = [...new Map(answers.map((line) => [keyOf(line), line])).values()].flatMap((line) => {
            const clear = clearOf(line);
            return clear ? [{ ...clear, time: line.time }] : [];
          });
          const isFirst = ({ id }: Appointment, index: number) =>
            taken.findIndex((one) => one.id === id) === index;
          const people = taken.filter(isFirst);
          const named = taken
            .filter((one, index) => !isFirst(one, index))
            .map((one) =>
              people.some(({ id, time }) => id === one.id && time === one.time) ? one.name : atTime(one),
            );
          const isKnown = ({ text }: ResolvedLine) => placed.some((one) => one.text === text);
          // What is looked up again unchanged keeps its place among the lines of before.
          if (!answers.every(isKnown))
            setPlaced(answers.map((line) => ({ text: line.text, id: clearOf(line)?.id })));
          const leave = (beyond: readonly Appointment[]) => {
            const open = answers.filter((line) => {
              const clear = clearOf(line);
              return !clear || beyond.some(({ id }) => id === clear.id);
            });
            const besides = left.lines.filter((line) => line.isBeside);
            return {
              lines: [...new Map([...open, ...besides].map((line) => [keyOf(line), line])).values()],
              ignored,
              notAppointments,
            };
          };
          addAll(people, leave, {
            twice: [...new Set([...repeatedIn(answers.filter(clearOf).map(({ text }) => text)), ...named])],
            times: doubtsOf(answers.filter(clearOf)),
          });
        },
      },
    );
  const take = (taken: ResolvedLine, patient: AppointedPatient) => {
    const leave = () => ({ ...left, lines: left.lines.filter((line) => line !== taken) });
    const at = placeOf(taken.text, placed, chosen);
    const times = doubtsOf([{ ...taken, exact: [patient] }]);
    addAll([{ ...patient, time: taken.time }], leave, { at, times, onDone: goOn });
    setPlaced(placed.map((one) => (one.text === taken.text ? { ...one, id: patient.id } : one)));
  };
  const leave = (lines: readonly ResolvedLine[]) => {
    const kept = { ...left, lines };
    setLeft(kept);
    setText(textOf(kept));
    goOn();
  };
  const leaveIn = (line: ResolvedLine) => leave(left.lines.filter((one) => one !== line));
  /** Who is not seen today is taken out where they are among today's patients. */
  const leaveOut = (some: readonly ResolvedLine[]) => {
    const lines = withoutLines(left.lines, some);
    const people = meantBy(some);
    const count = chosen.filter(({ id }) => people.has(id)).length;
    if (count === 0) leave(lines);
    else
      onTakeOut(people, () => {
        leave(lines);
        say(t("takenOut", { count }));
      });
  };
  /** Those of them of whom it is certain who is meant. */
  const takeAll = (some: readonly ResolvedLine[]) => {
    const people = new Map<string, Appointment>();
    const certain = some.filter((line) => {
      const only = onlyOf(line);
      if (!only || isChosen(only)) return false;
      if (!people.has(only.id)) people.set(only.id, { ...only, time: line.time });
      return true;
    });
    const leave = (beyond: readonly Appointment[]) => ({
      ...left,
      lines: left.lines.filter(
        (line) => !certain.includes(line) || beyond.some(({ id }) => id === onlyOf(line)?.id),
      ),
    });
    addAll([...people.values()], leave, { times: doubtsOf(certain), onDone: goOn });
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
      <div className={classes.submit} ref={status} tabIndex={-1}>
        <SaidStatus said={said} words={(words) => words} />
      </div>
      {left.lines.length > 0 && (
        <LeftLines
          lines={left.lines}
          isChosen={isChosen}
          isDisabled={isPending || isFull}
          onTake={take}
          onTakeAll={takeAll}
          onLeaveOut={leaveOut}
          onLeaveIn={leaveIn}
        />
      )}
      <OtherTexts words={t("ignored")} texts={left.ignored.map((text) => ({ text }))} />
      <OtherTexts
        words={t("notAppointments", { count: left.notAppointments.length })}
        texts={left.notAppointments.map(({ text, what }) => ({
          text,
          what: what === "other" ? null : t(`notAppointment.${what}`),
        }))}
      />
    </section>
  );
}
