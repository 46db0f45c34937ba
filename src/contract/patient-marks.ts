import * as z from "zod/mini";
import { ownId } from "./human-text.ts";
import { roles } from "./staff.ts";

export const mostReasons = 40;

const role = z.enum(roles);

/** Why a patient stood in the list, and the figure behind it where there is one. */
const reason = z.object({
  key: z.string().check(z.regex(/^[a-z-]{1,40}$/)),
  value: z.nullable(z.number()),
});
export type Reason = z.infer<typeof reason>;
const reasons = z.array(reason).check(z.maxLength(mostReasons));

/** Who of the staff, by ID, and when. */
const act = z.object({ by: z.string(), atMs: z.number() });

/**
 * `number` counts the reviews of this patient, those taken back among them. `also`: the colleagues whose own
 * reviews stand from the hour before, the latest first.
 */
const review = z.extend(act, { number: z.number(), reasons, also: z.optional(z.array(act)) });
export type Review = z.infer<typeof review>;

/**
 * Until a date, until the patient is worse than by these reasons, or until whichever comes first. One whose
 * date is over is left as it is.
 */
export const snooze = z.extend(act, { untilMs: z.nullable(z.number()), untilWorse: z.boolean(), reasons });
export type Snooze = z.infer<typeof snooze>;

export const receiver = z.union([z.strictObject({ staffId: ownId }), z.strictObject({ role })], "unknown");
export type Receiver = z.infer<typeof receiver>;

/** `words`: what who hands over says of it. */
export const handOver = z.extend(act, { to: receiver, words: z.optional(z.string()) });
export type HandOver = z.infer<typeof handOver>;

export const isToSupport = ({ to }: Pick<HandOver, "to">): boolean => "role" in to && to.role === "support";

/** `words`: what support says of it to the clinicians. */
const deviceReview = z.extend(act, { reasons, words: z.optional(z.string()) });

/**
 * What was done with a patient's row in the list of devices. Its reasons are those about devices only, and
 * it moves nobody in the clinicians' list. `before` is what a review has put an end to.
 */
const deviceMarks = z.object({
  review: z.nullable(
    z.extend(deviceReview, {
      before: z.nullable(
        z.object({
          review: z.nullable(deviceReview),
          snooze: z.nullable(snooze),
          handOver: z.nullable(handOver),
        }),
      ),
    }),
  ),
  snooze: z.nullable(snooze),
  /** When support handed the patient over, if that was the last hand-over from this list. */
  handedOnMs: z.optional(z.number()),
  /** What stood before that, and stands again where support takes it back. */
  handedOnFrom: z.optional(z.nullable(handOver)),
});
export type DeviceMarks = z.infer<typeof deviceMarks>;

/** Whether the hand-over that stands was made by support. */
export const isHandedOn = ({ handOver, devices }: Pick<PatientMarks, "handOver" | "devices">): boolean =>
  handOver !== null && handOver.atMs === devices?.handedOnMs;

/** What colleagues have done with a patient's row, as it stands. */
export const patientMarks = z.object({
  review: z.nullable(review),
  snooze: z.nullable(snooze),
  handOver: z.nullable(handOver),
  notes: z.object({ count: z.number(), newest: z.nullable(act) }),
  devices: z.optional(deviceMarks),
});
export type PatientMarks = z.infer<typeof patientMarks>;
