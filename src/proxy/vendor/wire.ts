import * as z from "zod";
import { Failure } from "../failure.ts";

/** The Partner API's wire shapes, from the contract page. */

export const envelope = z.object({ code: z.int(), msg: z.string().catch(""), data: z.unknown().optional() });

export const tokenData = z.object({
  open_id: z.string().min(1),
  access_token: z.string().min(1),
  expire_in: z.number().positive(),
});

/** A list without anything in it may come as null; one that is missing is not what the contract says. */
export const recordsData = z.object({
  open_id: z.string().nullish(),
  records: z
    .array(z.unknown())
    .nullable()
    .transform((records) => records ?? []),
});

/** 1 = initialisation (the sensor warms up), 2 = normal. No other type is known, so none is drawn. */
export const record = z.object({
  device_sn: z.string().min(1),
  open_id: z.string().optional(),
  type: z.union([z.literal(1), z.literal(2)]),
  // A value that no sensor can mean arrived all the same: it is marked and counted (isPlausible), not thrown away here.
  value: z.number().min(-1000).max(1000),
  // An unknown trend is no reason to lose the value.
  trend: z.int().nullish().catch(null),
  package_num: z.int().nonnegative().nullish().catch(null),
  measured_at: z.int().positive(),
  app_received_at: z.int().nonnegative().nullish().catch(null),
});

/** What a record that is none of the above may still say it is about. */
export const unreadableRecord = z.object({
  device_sn: z.string().min(1).max(64),
  open_id: z.string().optional().catch(undefined),
  package_num: z.int().nonnegative().nullish().catch(null),
  measured_at: z.int().positive(),
});

const happened = z
  .number()
  .nullish()
  .transform((timeMs) => timeMs || null);
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

/** A time that has not happened yet may be absent, null or 0. */
export const deviceData = z.object({
  device_sn: z.string().min(1),
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
