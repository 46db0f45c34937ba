import type { Role } from "#contract/staff.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";

/** What is there before a step is shown, made by the product's own requests. */
type Preparation = "newcomer" | "recall" | "file" | "imported-file" | "read";

/** Where a step is shown: an address, the page of somebody by their ID at the platform, or of what was prepared. */
type Target = { path: string } | { uid: string; query?: string } | { prepared: true };

interface Step {
  /** Its scene, and its number in it. */
  readonly name: string;
  readonly role: Role;
  readonly target: Target;
  readonly atMs: number;
  readonly prepare?: Preparation;
  /** How long before it is shown. */
  readonly prepareBeforeMs?: number;
  readonly outage?: true;
}

/** The sandbox that all of them are of: its people's lives follow from these. */
export const beginning = { seed: 1, startMs: Date.UTC(2026, 9, 12, 6) };

export const newcomerUid = "NEW-2041";

const october = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 9, day, hour, minute);

/** In the order of the tour, and of time: from each to the next the clock only goes ahead. */
const steps = [
  {
    name: "night-low.1",
    role: "clinician",
    target: { uid: "clinic-0010", query: "?days=1" },
    atMs: october(15, 1, 50),
  },
  { name: "night-low.2", role: "clinician", target: { path: "/patients" }, atMs: october(15, 6) },
  { name: "silence.1", role: "support", target: { path: "/devices/P226248362" }, atMs: october(19, 5, 10) },
  { name: "silence.2", role: "support", target: { path: "/devices/P226248362" }, atMs: october(19, 6) },
  {
    name: "early-end.1",
    role: "support",
    target: { path: "/devices/P226478805" },
    atMs: october(27, 17, 45),
  },
  {
    name: "early-end.2",
    role: "clinician",
    target: { uid: "clinic-0025", query: "?days=3" },
    atMs: october(28, 0, 30),
  },
  {
    name: "outage.1",
    role: "clinician",
    target: { uid: "clinic-0003", query: "?days=1" },
    atMs: october(28, 7),
    prepare: "read",
    outage: true,
  },
  {
    name: "outage.2",
    role: "clinician",
    target: { uid: "clinic-0003", query: "?days=1" },
    atMs: october(28, 7, 30),
  },
  { name: "refusal.1", role: "support", target: { path: "/devices/P225043060" }, atMs: october(28, 8, 30) },
  {
    name: "recall.1",
    role: "administrator",
    target: { prepared: true },
    atMs: october(28, 9),
    prepare: "recall",
  },
  { name: "clinic.1", role: "clinician", target: { prepared: true }, atMs: october(28, 10), prepare: "file" },
  {
    name: "clinic.2",
    role: "clinician",
    target: { path: "/patients" },
    atMs: october(29, 10),
    prepare: "imported-file",
    prepareBeforeMs: 23 * hourMs,
  },
  { name: "newcomer.1", role: "clinician", target: { path: "/patients/new" }, atMs: october(29, 11) },
  {
    name: "newcomer.2",
    role: "clinician",
    target: { uid: newcomerUid },
    atMs: october(29, 12),
    prepare: "newcomer",
    prepareBeforeMs: 20 * minuteMs,
  },
  {
    name: "newcomer.3",
    role: "clinician",
    target: { uid: newcomerUid },
    atMs: october(30, 11, 20),
    prepare: "newcomer",
    prepareBeforeMs: 23 * hourMs + 40 * minuteMs,
  },
] as const satisfies readonly Step[];

type StepName = (typeof steps)[number]["name"];
export const sceneNames = [
  "night-low",
  "silence",
  "early-end",
  "outage",
  "refusal",
  "recall",
  "clinic",
  "newcomer",
] as const;
export type SceneName = (typeof sceneNames)[number];

export interface NamedStep extends Step {
  readonly name: StepName;
}

export const tour: readonly NamedStep[] = steps;

export const sceneOf = ({ name }: NamedStep): SceneName => name.split(".")[0] as SceneName;

export const stepOf = (name: unknown): NamedStep | null => tour.find((step) => step.name === name) ?? null;

/** A minute for each step. */
export const tourMinutes = tour.length;
