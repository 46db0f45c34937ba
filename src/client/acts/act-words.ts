import { useQuery } from "@tanstack/react-query";
import type {
  DeviceMarks,
  HandOver,
  PatientMarks,
  Receiver,
  Review,
  Snooze,
} from "#contract/patient-marks.ts";
import type { Role } from "#contract/staff.ts";
import { localDayOf } from "#glucose/local-time.ts";
import { hourMs } from "#glucose/time.ts";
import type { Messages } from "#words/messages.ts";
import { formatAge, formatShortDate, formatShortDateTime, formatTime, formatWeekday } from "#words/time.ts";
import { everyColleagueQuery } from "../api/colleagues.ts";
import { sessionQuery } from "../api/session.ts";
import { now, useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import type { Act } from "./acts.ts";

/** A colleague by name, of somebody inactive with the word for it; those whom nobody knows any more are somebody. */
function useColleagueName(): (id: string, name?: string | null) => string {
  const t = useMessages("acts");
  const { data } = useQuery(everyColleagueQuery);
  return (id, name = null) => {
    const other = data?.others.find((one) => one.id === id);
    if (other && !other.active) return t("inactive", { name: other.name });
    const known = data?.colleagues.find((one) => one.id === id) ?? other;
    return known?.name ?? name ?? t("somebody");
  };
}

/** All who have a role, as the name of one that receives. */
export const roleWords = (t: Messages<"acts">, role: Role): string =>
  role === "support" ? t("role.support") : t(`toRole.${role}`);

export const isOver = ({ untilMs }: Pick<Snooze, "untilMs">, nowMs: number): boolean =>
  untilMs !== null && untilMs <= nowMs;

/** What stands of a row, in words. */
export function useActWords() {
  const t = useMessages("acts");
  const { language } = usePreferences();
  const nameOf = useColleagueName();

  /** "09:14" of today, else "27 Nov, 09:14". */
  const time = (timeMs: number) =>
    (timeMs >= localDayOf(now(), viewerZone).startMs ? formatTime : formatShortDateTime)(
      timeMs,
      viewerZone,
      language,
    );
  const day = (timeMs: number) => {
    const date = formatShortDate(timeMs, viewerZone, language);
    const weekday = formatWeekday(timeMs, viewerZone, language);
    return language === "en" ? `${weekday} ${date}` : `${date}${weekday}`;
  };
  const until = ({ untilMs, untilWorse }: Pick<Snooze, "untilMs" | "untilWorse">) => {
    if (untilMs === null) return t("untilWorse");
    return t(untilWorse ? "untilDayOrWorse" : "untilDay", { day: day(untilMs) });
  };
  const team = (role: Role) => (role === "support" ? t("role.support") : t(`toTeam.${role}`));
  const receiver = (to: Receiver) => ("role" in to ? team(to.role) : nameOf(to.staffId));
  const me = useQuery(sessionQuery).data?.user.id;
  const nowMs = useNow();
  /** While several stand within the hour: "you, just now; Lin Mei, 1 minute ago". */
  const reviewed = ({ by, atMs, also = [] }: Pick<Review, "by" | "atMs" | "also">) =>
    t("reviewedBy", {
      people: [{ by, atMs }, ...also]
        .map((one) =>
          t("personAndTime", {
            name: one.by === me && also.length > 0 ? t("you") : nameOf(one.by),
            time:
              also.length > 0 && nowMs - one.atMs < hourMs
                ? formatAge(nowMs - one.atMs, language)
                : time(one.atMs),
          }),
        )
        .join(t("betweenNotes")),
    });

  return {
    nameOf,
    time,
    day,
    receiver,
    /** What stands, each in a sentence without an end. */
    standing: ({ review, snooze, handOver }: Omit<PatientMarks, "notes">): string[] => [
      ...(review ? [reviewed(review)] : []),
      ...(snooze && !isOver(snooze, now())
        ? [t("putOffBy", { until: until(snooze), name: nameOf(snooze.by) })]
        : []),
      ...(handOver ? [handedWords(handOver)] : []),
    ],
    /** What support did about the sensor or the phone. */
    support: ({ review, snooze }: DeviceMarks): string[] => [
      ...(review
        ? [
            t(review.words ? "supportDealtSaying" : "supportDealt", {
              name: nameOf(review.by),
              time: time(review.atMs),
              words: review.words ?? "",
            }),
          ]
        : []),
      ...(snooze && !isOver(snooze, now())
        ? [t("supportPutOff", { until: until(snooze), name: nameOf(snooze.by) })]
        : []),
    ],
    notes: ({ count, newest }: PatientMarks["notes"]): string | null => {
      if (count === 0 || !newest) return null;
      return t("notes", { count, name: nameOf(newest.by), time: time(newest.atMs) });
    },
    /** What was done, or was not, with a patient. */
    done: (act: Act, name: string): string => {
      switch (act.kind) {
        case "review":
          return t("done.review", { name });
        case "undo-review":
          return t("done.undo-review", { name });
        case "note":
          return t("done.note", { name });
        case "put-off":
          return act.until
            ? t("done.put-off", { name, until: until(act.until) })
            : t("done.end-put-off", { name });
        case "hand-over":
          return act.given
            ? t("done.hand-over", { name, to: receiver(act.given.to) })
            : t("done.end-hand-over", { name });
      }
    },
  };

  function handedWords({ by, to, words = "" }: HandOver): string {
    return t(words ? "handedSaying" : "handedBy", { to: receiver(to), name: nameOf(by), words });
  }
}
