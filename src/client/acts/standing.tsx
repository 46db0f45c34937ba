import { useQuery } from "@tanstack/react-query";
import type { DeviceMarks, PatientMarks, Review } from "#contract/patient-marks.ts";
import { hourMs } from "#glucose/time.ts";
import { sessionQuery } from "../api/session.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import type { Act } from "./acts.ts";

interface StandingProps {
  marks: PatientMarks | null;
  pending: Act | undefined;
  hasDraft: boolean;
  /** Where they are read below, only a word of them stands in the line. */
  withNotes?: boolean;
  /** Opens the notes; without it only how many there are is said. */
  onNotes?: () => void;
}

/** How the review that stands is shown once one's own stands before it. */
const asAlso = (review: Review | null, me: string): Pick<Review, "also"> =>
  review && review.by !== me && now() - review.atMs < hourMs
    ? { also: [review, ...(review.also ?? []).filter(({ by }) => by !== me)] }
    : {};

/** Who has reviewed, put off, handed over and written; a review on its way stands already. */
export function Standing(props: StandingProps) {
  // Names are asked for only where there is somebody to name.
  return props.marks || props.pending || props.hasDraft ? <StandingLines {...props} /> : null;
}

/** In the list only what support did since the patient was reviewed. */
const unseenBy = (reviewedMs: number, devices: DeviceMarks): DeviceMarks => ({
  ...devices,
  review: devices.review && devices.review.atMs > reviewedMs ? devices.review : null,
});

function StandingLines({ marks, pending, hasDraft, withNotes = true, onNotes }: StandingProps) {
  const t = useMessages("acts");
  const words = useActWords();
  const me = useQuery(sessionQuery).data?.user;
  const review =
    pending?.kind === "review" && me
      ? { ...asAlso(marks?.review ?? null, me.id), by: me.id, atMs: now() }
      : pending?.kind === "undo-review"
        ? null
        : marks?.review;
  const lines = [
    ...words.standing({
      review: (review ?? null) as PatientMarks["review"],
      snooze: marks?.snooze ?? null,
      handOver: marks?.handOver ?? null,
    }),
    ...(marks?.devices
      ? words.support(withNotes ? unseenBy(review?.atMs ?? 0, marks.devices) : marks.devices)
      : []),
    ...(hasDraft ? [t("unsent")] : []),
  ].filter((line) => line !== null);
  const notes = withNotes && marks ? words.notes(marks.notes) : null;
  if (lines.length === 0 && !notes) return null;
  return (
    <ul className={classes.standing} aria-busy={pending !== undefined}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {notes && (
        <li>
          {onNotes ? (
            <button type="button" className={classes.open} aria-haspopup="dialog" onClick={onNotes}>
              {notes}
            </button>
          ) : (
            notes
          )}
        </li>
      )}
    </ul>
  );
}
