import * as z from "zod/mini";
import { humanLines, humanText } from "./human-text.ts";
import { noGlucose } from "./no-glucose.ts";
import { mostRecallPeople } from "./recall-limits.ts";

export const largestRecallBytes = 200_000_000;
/** As long as a file's name may be. */
export const longestRecallName = 200;

/**
 * Where a sensor of ours is, as it was last known: worn `now`, still in its `box` and perhaps bound to somebody, `unsure`,
 * because the platform was not asked about it or gave a state that nobody knows, or `worn` before. The most urgent first.
 */
export const recallPlaces = ["now", "box", "unsure", "worn"] as const;
export type RecallPlace = (typeof recallPlaces)[number];

export const contactOutcomes = ["contacted", "replaced", "not-reached"] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

/** So many are kept of one patient in one recall; after them only that somebody was told at last. */
export const mostContactTries = 50;

const summary = { id: z.string(), name: z.string(), createdAtMs: z.number() };

/** That a patient was told, or tried to be. */
const contactTry = z.object({
  outcome: z.enum(contactOutcomes),
  byName: z.nullable(z.string()),
  atMs: z.number(),
});
export type RecallContact = z.infer<typeof contactTry>;

export const longestInstruction = 300;
/** What wearers are to be told, in the recall's own words, by language; null where nobody has noted it. */
const instruction = z.object({ en: z.nullable(z.string()), "zh-CN": z.nullable(z.string()) });
export type RecallInstruction = z.infer<typeof instruction>;

/** `GET /api/devices/{serial}/recalls`: those that the sensor is in, the newest first, and what became of its wearer. */
export const deviceRecalls = z.object({
  recalls: z.array(
    z.object({
      ...summary,
      instruction,
      contact: z.nullable(contactTry),
      /** They were told before what wearers are to be told was changed, and are to be told again. */
      isToldBefore: z._default(z.boolean(), false),
    }),
  ),
});
export type DeviceRecall = z.infer<typeof deviceRecalls>["recalls"][number];

/** `GET /api/recalls`: the newest first. */
export const recallList = z.object({ recalls: z.array(z.object(summary)) });
export type RecallList = z.infer<typeof recallList>;

/** A serial of the file that is ours if one character is another that looks like it; it is not counted. */
const recallAlike = z.object({ line: z.number(), text: z.string(), serial: z.string() });
export type RecallAlike = z.infer<typeof recallAlike>;

/** So many lines of a file are kept to be shown, of those that name one of ours and of those not taken. */
export const mostShownLines = 20;
/** And so many of those that are not taken although they name one of ours. */
export const mostShownOurs = 100;
export const longestShownLine = 120;
const shownLine = { line: z.number(), text: z.string() };

/** Why a line with a first and a last serial is not taken. */
const recallFaults = ["range-shape", "range-order", "range-large"] as const;
export type RecallFault = (typeof recallFaults)[number];
const notTakenLine = z.object({ ...shownLine, reason: z.optional(z.enum(recallFaults)) });

/** Of `else`, true is that whatever else the file says, those taken are recalled and no others; nothing else answers it. */
const recallQuestionKinds = ["column", "status", "section", "range", "line", "alike", "else"] as const;
export type RecallQuestionKind = (typeof recallQuestionKinds)[number];

/** A text of the file, and how many further lines say the same but for their digits. */
const saidText = z.object({ ...shownLine, more: z.number() });
/** What else a file says than the serial numbers that are taken. */
const saidElse = z.object({
  /** What stands in columns beside the serials; `more`: how many further values. */
  columns: z.array(
    z.object({
      /** As the file has it; else the number of the column. */
      name: z.union([z.string(), z.number()]),
      /** Whether it is that of the serials themselves, whose name says more than that. */
      isSerials: z.boolean(),
      values: z.array(z.string()),
      more: z.number(),
    }),
  ),
  moreColumns: z.number(),
  /** What stands beside serials, each as "…", and on lines without any. */
  texts: z.array(saidText),
  moreTexts: z.number(),
  /** Whether anything of it is left out or cut short, or told apart by more than its digits. */
  isCut: z._default(z.boolean(), false),
});
export type SaidElse = z.infer<typeof saidElse>;
/** So many different texts, or values of a column, are counted. */
export const mostSaidCounted = 1000;

/** Something that the file says of some of its lines, of which only a person knows whether they are recalled. */
const recallOption = z.object({
  /** The same each time this file is compared. */
  key: z.string(),
  /** As the file says it, "" where it says nothing; null of whatever else it says there. Of a line, the serials of ours in it. */
  text: z.nullable(z.string()),
  /** Where a column says nothing, what it says above. */
  below: z.optional(z.string()),
  /** Of whatever else, the first of it and how many there are. */
  others: z._default(z.array(z.string()), []),
  othersCount: z._default(z.number(), 0),
  lines: z.number(),
  /** Different sensors of ours on these lines. */
  ours: z.number(),
  /** Of ranges, how many serials they have in all; else 0. */
  serials: z.number(),
  examples: z.array(z.object(shownLine)),
  /** Of ranges: whether all from the first to the last are, or only the two named. Null until somebody says so. */
  isRecalled: z.nullable(z.boolean()),
});
export type RecallOption = z.infer<typeof recallOption>;
const recallQuestion = z.object({
  kind: z.enum(recallQuestionKinds),
  /** Of a column, as the file has it; "" where it has none. */
  name: z.string(),
  options: z.array(recallOption),
  said: z.optional(saidElse),
});
export type RecallQuestion = z.infer<typeof recallQuestion>;

/** The first lines of the file that name sensors of ours, as which, and those not taken: above the columns' names, in words, or without a serial. */
export const recallShown = z.object({
  taken: z.array(z.object({ ...shownLine, serials: z.array(z.string()) })),
  notTaken: z.array(notTakenLine),
  /** Those not taken that name a sensor of ours. */
  notTakenOurs: z._default(z.array(notTakenLine), []),
  notTakenOursCount: z._default(z.number(), 0),
  /** Lines that the answers leave out. */
  leftOut: z._default(z.number(), 0),
  questions: z._default(z.array(recallQuestion), []),
  /** Sensors of ours that stand on lines left out and on others, and the first of them; they are recalled. */
  inBoth: z._default(z.number(), 0),
  inBothSerials: z._default(z.array(z.string()), []),
  /** The first lines whose serials are not known here, as they were read. */
  notKnown: z._default(z.array(z.object(shownLine)), []),
  /** Lots of sensors known here, on lines without a serial of ours. */
  lots: z._default(z.array(z.object({ lot: z.string(), sensors: z.number() })), []),
});
export type RecallShown = z.infer<typeof recallShown>;

/** Whether a recall cannot begin before somebody answers what is doubtful in its file. */
export const isRecallOpen = (shown: RecallShown | null): boolean =>
  shown?.questions.some(({ options }) => options.some(({ isRecalled }) => isRecalled === null)) ?? false;

/** Lines of a file that are recalled. */
export const linesTaken = ({
  lines,
  unusable,
  shown,
}: Pick<Recall, "lines" | "unusable" | "shown">): number => lines - unusable - (shown?.leftOut ?? 0);

export const mostRecallQuestions = 10;
/** Of one question; what else the file says there is one more, and of headings as many again that are clear. */
export const mostRecallOptions = 12;
/** By an option's key, whether its lines are recalled. */
export const recallAnswers = z
  .record(z.string().check(z.regex(/^[a-z0-9]{1,12}$/)), z.boolean())
  .check(
    z.refine(
      (answers) =>
        Object.keys(answers).length <=
        (mostRecallQuestions + recallQuestionKinds.length) * 2 * (mostRecallOptions + 1),
    ),
  );
export type RecallAnswers = z.infer<typeof recallAnswers>;

/** The query of `POST /api/recalls`: the answers to what an earlier comparison of the same file asked, as JSON. */
export const recallCompareQuery = z.object({
  answers: z._default(z.string().check(z.maxLength(8000)), "{}"),
});

/** `GET /api/recalls/{id}`, and the answer of the file's upload. */
export const recall = z.object({
  ...summary,
  /** False of a file that was only compared: nobody else sees it, and it is forgotten after a day. */
  isBegun: z.boolean(),
  instruction,
  /** Who was contacted before this is to be told again: when what wearers are told was written or changed last, but for corrections of its wording. */
  instructedAtMs: z._default(z.nullable(z.number()), null),
  /** How many were noted as contacted before that. They are not among the contacts. */
  toldBefore: z._default(z.number(), 0),
  /** Lines of the file, and those of them with a serial that is not ours, and those that are not taken. */
  lines: z.number(),
  notOurs: z.number(),
  unusable: z.number(),
  /** Only where the file was just compared: its serials that are not known here, which are not kept; null where a list could not hold them. */
  unknown: z.optional(z.nullable(z.array(z.string()))),
  /** Lines that name only what a line before them has named; null of a file from before they were counted. */
  repeated: z._default(z.nullable(z.number()), null),
  /** Sensors of ours, each once, by where they are. */
  sensors: z.record(z.enum(recallPlaces), z.number()),
  alike: z.array(recallAlike),
  alikeCount: z.number(),
  /** Null of a file from before they were kept. */
  shown: z._default(z.nullable(recallShown), null),
  /** Patients who wear or wore one, and how many of them are dealt with in which way, or were not reached. */
  people: z.number(),
  contacts: z.record(z.enum(contactOutcomes), z.number()),
  /** How many sensors of ours nobody here is known to wear or to have worn. */
  withoutWearer: z.number(),
});
export type Recall = z.infer<typeof recall>;

const placedSensor = z.object({ serial: z.string(), place: z.enum(recallPlaces) });
export type PlacedSensor = z.infer<typeof placedSensor>;

/** `byName` is null where nobody here has this ID any more. */
const person = z.object({
  patientId: z.string(),
  name: z.string(),
  partnerUid: z.string(),
  /** Only for roles that may open the patient's page. */
  phone: z.nullable(z.string()),
  isArchived: z.boolean(),
  /** Of all their sensors that are recalled, where the first of them in this order is. */
  place: z.enum(recallPlaces),
  sensors: z.array(placedSensor),
  /** How often they were told or not reached, the last one first. */
  tries: z.array(contactTry),
});
export type RecallPerson = z.infer<typeof person>;

const whole = (least: number) => z.coerce.number().check(z.int(), z.gte(least));

export const recallPageQuery = z.object({
  offset: z._default(whole(0), 0),
  limit: z._default(whole(1).check(z.lte(mostRecallPeople)), mostRecallPeople),
});
/** The query of `GET /api/recalls/{id}/people`; `open`: only those still to be dealt with, who were told before included. */
export const recallPeopleQuery = z.extend(recallPageQuery, { open: z._default(z.stringbool(), false) });
export const recallPeople = z.object({ people: z.array(person), total: z.number() });
export type RecallPeople = z.infer<typeof recallPeople>;

/** `GET /api/recalls/{id}/without-wearer`: sensors that nobody here is known to wear or to have worn. */
export const recallWithoutWearer = z.object({ sensors: z.array(placedSensor), total: z.number() });
export type RecallWithoutWearer = z.infer<typeof recallWithoutWearer>;

/** The body of `POST /api/recalls/{id}/begin`. */
export const recallBeginning = z.strictObject({
  name: humanText(longestRecallName).check(noGlucose("title")),
});

/**
 * The body of `PUT /api/recalls/{id}/people/{patientId}`; null takes the last one back. `instructedAtMs` is the recall's own,
 * as whoever told them had it: where it is another by now, nothing is noted.
 */
export const contactChange = z.strictObject({
  outcome: z.nullable(z.enum(contactOutcomes)),
  instructedAtMs: z.optional(z.nullable(z.number())),
});

/** The body of `PATCH /api/recalls/{id}`; `tellAgain` is false of a correction of the wording: who was told knows it already. */
const told = z.nullable(humanLines(longestInstruction).check(noGlucose()));
export const recallChange = z.strictObject({
  instruction: z.strictObject({ en: told, "zh-CN": told }),
  tellAgain: z._default(z.boolean(), true),
});
