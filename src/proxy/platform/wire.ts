import * as z from "zod";
import { beginningOf, isUsableText, usableText } from "#contract/text.ts";
import { Failure } from "../failure.ts";
import { wordsWithoutSecrets } from "./secrets-in-answers.ts";

/** The Partner API's wire shapes, from the contract page. */

/** What it says in words is shown and logged: as much as one reads. */
const words = z
  .string()
  .transform((text) => wordsWithoutSecrets(beginningOf(usableText(text), 500)))
  .catch("");

/** A number by the contract; one that comes as text says the same. */
const code = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);

export const envelope = z.object({ code, msg: words, data: z.unknown().optional() });

/**
 * Names of people and sensors: they are looked for, stored and shown. One
 * that holds what no text does is no name.
 */
const name = (longest: number) => z.string().min(1).max(longest).refine(isUsableText);
const openId = name(200);
const serial = name(64);

export const longestTokenLifeS = 24 * 3600;
/** It travels in a header: nothing but what one may hold. */
export const isToken = (text: string): boolean => /^[\x20-\x7e]{1,8192}$/.test(text);

export const tokenData = z.object({
  open_id: openId,
  access_token: z.string().refine(isToken),
  /** Whole seconds; after a day it is renewed even if it was to live longer. */
  expire_in: z
    .number()
    .positive()
    .transform((seconds) => Math.min(longestTokenLifeS, Math.ceil(seconds))),
});

/** A list without anything in it may come as null; one that is missing is not what the contract says. */
export const recordsData = z.object({
  open_id: z.string().max(200).nullish(),
  records: z
    .array(z.unknown())
    .nullable()
    .transform((records) => records ?? []),
});

/** One every three minutes: this many are eight years. */
const packetNumber = z.int().nonnegative().max(1_500_000).nullish().catch(null);

/** 1 = initialisation (the sensor warms up), 2 = normal. No other type is known, so none is drawn. */
export const record = z.object({
  device_sn: serial,
  open_id: z.string().max(200).optional(),
  type: z.union([z.literal(1), z.literal(2)]),
  // A value that no sensor can mean arrived all the same: it is marked and counted
  // (isPlausible), not thrown away here.
  value: z.number().min(-1000).max(1000),
  // An unknown trend is no reason to lose the value.
  trend: z.int().min(-1000).max(1000).nullish().catch(null),
  package_num: packetNumber,
  measured_at: z.int().positive(),
  app_received_at: z.int().nonnegative().nullish().catch(null),
});

/** What a record that is none of the above may still say it is about. */
export const unreadableRecord = z.object({
  device_sn: serial,
  open_id: z.string().max(200).optional().catch(undefined),
  package_num: packetNumber,
  measured_at: z.int().positive(),
});

/** The last moment with a year of four digits; what lies beyond is no date. */
const lastMs = Date.UTC(9999, 11, 31);
/** As the platform says it, be it wrong: that is for the vendor to hear. No loop may run to it. */
const happened = z
  .number()
  .nullish()
  .transform((timeMs) => (timeMs && timeMs > 0 && timeMs <= lastMs ? Math.round(timeMs) : null));
const text = z
  .string()
  .refine(isUsableText)
  .nullish()
  .transform((value) => (value && beginningOf(value, 200)) || null);

/** A time that has not happened yet may be absent, null or 0. */
export const deviceData = z.object({
  device_sn: serial,
  status: z.int(),
  bound_at: happened,
  activated_at: happened,
  estimated_end_at: happened,
  ended_at: happened,
  partner_id: text,
  app_id: text,
  open_id: text,
});

/** The data of an envelope as `schema` has it, else a Failure that names `what` was read. */
export function parseData<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Failure("platform-malformed", {
    detail: `The platform's ${what} is not what its contract says.`,
    logged: { fields: parsed.error.issues.map(({ path }) => path.join(".")) },
  });
}
