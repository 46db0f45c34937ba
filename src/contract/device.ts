import * as z from "zod/mini";
import { gapCauses } from "#glucose/gaps.ts";
import { lotPattern } from "./box.ts";
import { problemCode, staleOrNull } from "./problem.ts";
import { leftOut } from "./readings.ts";
import { targetChoice } from "./targets.ts";

export const deviceStates = ["unbound", "bound", "activated", "ended", "unknown"] as const;

const owner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nobody") }),
  /** Bound to a user who is not one of our patients. */
  z.object({ kind: z.literal("another-partner") }),
  /** `patientId` only for roles that may open the patient's page. */
  z.object({
    kind: z.literal("patient"),
    patientId: z.nullable(z.string()),
    partnerUid: z.string(),
    name: z.string(),
  }),
]);

const boxDate = z.nullable(z.string().check(z.regex(/^20\d\d-\d\d-\d\d$/, "date")));

/** What the code on the box says beside the serial number. */
export const deviceBox = z.strictObject({
  gtin: z.nullable(z.string().check(z.regex(/^\d{14}$/, "gtin"))),
  lot: z.nullable(z.string().check(z.regex(lotPattern, "lot"))),
  expiry: boxDate,
  producedOn: boxDate,
});
export type BoxDetails = z.infer<typeof deviceBox>;

/**
 * The body of `PUT /api/devices/{serial}/box`. Details that contradict what is known are kept only with `replaces`, and
 * then all of them in place of the known ones.
 */
export const scannedBox = z.strictObject({
  ...deviceBox.shape,
  replaces: z._default(z.boolean(), false),
});

/** Worn, or bound to them and not started yet; `isRecalled` by a recall that is kept here. */
const otherSensor = z.object({
  serial: z.string(),
  state: z.enum(["bound", "activated"]),
  isRecalled: z._default(z.boolean(), false),
});
export type OtherSensor = z.infer<typeof otherSensor>;

/** `GET /api/devices/{serial}`: the device's life, without data. A time that has not happened is null. */
export const device = z.object({
  serial: z.string(),
  state: z.enum(deviceStates),
  /** The platform's own status number, shown when it is not one of the four known. */
  statusCode: z.number(),
  boundAtMs: z.nullable(z.number()),
  activatedAtMs: z.nullable(z.number()),
  estimatedEndAtMs: z.nullable(z.number()),
  endedAtMs: z.nullable(z.number()),
  partnerId: z.nullable(z.string()),
  appId: z.nullable(z.string()),
  owner,
  /** What our patient who owns it wears now, or has to put on next, besides this one. */
  other: z._default(z.nullable(otherSensor), null),
  /** What somebody here has scanned from its box. */
  box: deviceBox,
  /** Who has put these details in place of others, and when; absent where nobody has. */
  boxReplaced: z.optional(z.object({ byName: z.nullable(z.string()), atMs: z.number() })),
  /**
   * The owner's zone when the owner is our patient, else UTC. Days and dates of this device are told in it.
   */
  timeZone: z.string(),
  /**
   * What the owner's values are judged by when the owner is our patient; only for roles that may see glucose.
   */
  targets: z._default(z.nullable(targetChoice), null),
  asOfMs: z.number(),
  stale: staleOrNull,
});
export type Device = z.infer<typeof device>;

/** A device's life without whose it is and what stood on its box. */
export const unownedDevice = z.omit(device, {
  partnerId: true,
  appId: true,
  owner: true,
  other: true,
  box: true,
  boxReplaced: true,
});
export type UnownedDevice = z.infer<typeof unownedDevice>;

/** The most serials that one request for states may name. */
const mostSerialsAtOnce = 20;

/** The body of `POST /api/devices/states`. */
export const serialList = z.strictObject({
  serials: z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(mostSerialsAtOnce)),
});

/** The most serials that are tried in place of one that nobody knows: each is a call to the platform. */
export const mostTried = 12;

/** The body of `POST /api/devices/alike`: a serial number that the platform does not know, and what it may be meant for. */
export const alikeQuery = z.strictObject({
  serial: z.string().check(z.maxLength(64)),
  likely: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(mostTried)),
});

/**
 * Where each device is in its life, in the order asked; one that could not be told has
 * the failure's code instead. Those that their turn did not come to within ten seconds
 * are not in it, and may be asked for again.
 */
export const deviceStatesAnswer = z.object({
  rows: z.array(
    z.discriminatedUnion("ok", [
      z.object({
        ok: z.literal(true),
        serial: z.string(),
        state: z.enum(deviceStates),
        activatedAtMs: z.nullable(z.number()),
        estimatedEndAtMs: z.nullable(z.number()),
        endedAtMs: z.nullable(z.number()),
        owner: z.enum(["nobody", "another-partner", "patient"]),
      }),
      z.object({
        ok: z.literal(false),
        serial: z.string(),
        code: problemCode,
        /** What the platform itself said, where it said something. */
        platformCode: z._default(z.nullable(z.number()), null),
        platformMessage: z._default(z.string(), ""),
      }),
    ]),
  ),
});
type DeviceStatesAnswer = z.infer<typeof deviceStatesAnswer>;

/** What is known of a serial number that the platform does not know. */
export const devicesAlike = z.object({
  /** Of the serials that were tried at the platform. */
  ...deviceStatesAnswer.shape,
  /** Known here and one slip of the keyboard away; `knownTotal` counts those beyond the first few as well. */
  known: z.array(z.object({ serial: z.string(), state: z.enum(deviceStates) })),
  knownTotal: z.number(),
  /** How many characters all serial numbers here have; null where that differs. */
  length: z.nullable(z.number()),
  /** It is the number of a lot of sensors here. */
  isLot: z.boolean(),
});
export type DevicesAlike = z.infer<typeof devicesAlike>;
export type DeviceStateRow = DeviceStatesAnswer["rows"][number];

const uploadDelay = z.object({ medianMin: z.number(), worstMin: z.number() });

/**
 * `GET /api/devices/{serial}/journey`: what became of the expected data on its way
 * here; no glucose value, for any role.
 */
export const deviceJourney = z.object({
  asOfMs: z.number(),
  stale: staleOrNull,
  timeZone: z.string(),
  /** Minutes between readings, from the data; 3 when there are too few to tell. */
  nominalSpacingMin: z.number(),
  received: z.number(),
  /** Readings expected from activation (or the first reading) to the end of wear or now. */
  expected: z.number(),
  firstReadingMs: z.nullable(z.number()),
  lastReadingMs: z.nullable(z.number()),
  leftOut,
  /**
   * How long after its start the wearer's sensor before this one gave its first value, ms: told while this one has none;
   * null where nobody knows.
   */
  usualWarmUpMs: z._default(z.nullable(z.number()), null),
  /** Records of the warm-up, and from when to when; null without any. */
  warmUp: z.nullable(z.object({ count: z.number(), fromMs: z.number(), toMs: z.number() })),
  /**
   * Stretches without data and why, the longest silence up to now included;
   * `packetsLost` where packet numbers tell.
   */
  gaps: z.array(
    z.object({
      fromMs: z.number(),
      toMs: z.number(),
      cause: z.enum(gapCauses),
      packetsLost: z.nullable(z.number()),
      recordsUnreadable: z.number(),
    }),
  ),
  /** Packets missing between two that arrived, in gaps and outside them. */
  packetsLost: z.number(),
  /** Minutes from measuring to the platform; null when no record says. */
  upload: z.nullable(uploadDelay),
  /**
   * Within which nine of ten of the wearer's readings of the last 14 days reached the platform, ms, of the sensor's own where
   * the wearer is nobody here; null where none says.
   */
  usualDelayMs: z.nullable(z.number()),
  /** The last day of its data, to its last reading; null without any reading. */
  recent: z.nullable(
    z.object({
      fromMs: z.number(),
      received: z.number(),
      expected: z.number(),
      upload: z.nullable(uploadDelay),
    }),
  ),
  /** The sensor's clock against its packet numbers; null when they cannot tell. */
  clock: z.nullable(
    z.object({
      driftMin: z.number(),
      jumps: z.array(z.object({ atMs: z.number(), kind: z.enum(["restart", "time"]), byMin: z.number() })),
    }),
  ),
  /** Readings measured after the end that the platform gives. */
  afterEnd: z.number(),
  /** Each local day from the first expected one on; `expected` covers only the worn part of it. */
  days: z.array(
    z.object({
      startMs: z.number(),
      endMs: z.number(),
      received: z.number(),
      expected: z.number(),
      upload: z.nullable(uploadDelay),
    }),
  ),
});
export type DeviceJourney = z.infer<typeof deviceJourney>;
