import { type ControlKind, controls } from "./control.ts";
import type { Metabolism } from "./glucose-model.ts";
import { keyOf } from "./random.ts";

export interface CohortPerson {
  partnerUid: string;
  name: string;
  region: string;
  timeZone: string;
  /** As the clinic would know it; the platform does not. */
  dateOfBirth?: string;
  hospitalNumber?: string;
  diabetesType?: "type-1" | "type-2" | "gestational";
}

/** How readings get from a person's sensor to the platform. */
export interface Habits {
  /** Minutes every upload lags, besides the phone's own delays. */
  readonly lagMin?: number;
  /** Chance per day that the phone stays away for hours. */
  readonly phoneAway: number;
  /** Chance per packet that a run of packets begins to get lost. */
  readonly loss: number;
  /** Now and then a new phone uploads the worn sensor's whole history again. */
  readonly newPhones: boolean;
}

export const usualHabits: Habits = { phoneAway: 0.1, loss: 0.0008, newPhones: false };

/** Someone whose glucose the sandbox makes up. */
export interface Subject extends Metabolism {
  /** Tells the serial numbers of one person's sensors from everybody else's. */
  readonly number: number;
  readonly habits: Habits;
}

export function createSubject(
  seed: number,
  number: number,
  person: { partnerUid: string; timeZone: string },
  kind: ControlKind,
  habits: Habits = usualHabits,
): Subject {
  return {
    number,
    key: keyOf(person.partnerUid, seed),
    control: controls[kind],
    timeZone: person.timeZone,
    habits,
  };
}
