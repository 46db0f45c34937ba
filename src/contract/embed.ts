import * as z from "zod/mini";
import { unownedDevice } from "./device.ts";
import { longestEmbedToken } from "./embed-limits.ts";
import { patient } from "./patient.ts";
import { isOrigin } from "./receiver-address.ts";

const origin = z.string("required").check(z.maxLength(300, "too-long"), z.refine(isOrigin, "origin"));
const embedPreferences = {
  /** Unless it is said, that of the viewer's browser. */
  language: z._default(z.nullable(z.enum(["en", "zh-CN"], "choice")), null),
  unit: z._default(z.enum(["mmol/L", "mg/dL"], "choice"), "mmol/L"),
  scheme: z._default(z.enum(["auto", "light", "dark"], "choice"), "auto"),
};

/** The body of `POST /api/embed-tokens`: one patient by our ID or one sensor by its serial number, and the page around it. */
export const newEmbedToken = z
  .strictObject({
    patient: z.optional(z.string("required").check(z.minLength(1, "required"), z.maxLength(100, "too-long"))),
    serial: z.optional(z.string("required").check(z.minLength(1, "required"), z.maxLength(64, "too-long"))),
    parentOrigin: origin,
    ...embedPreferences,
  })
  .check(
    z.refine(({ patient, serial }) => (patient === undefined) !== (serial === undefined), {
      path: ["patient"],
      message: "either-or",
    }),
  );
export type NewEmbedToken = z.infer<typeof newEmbedToken>;

/** For the page around the frame: the token, for how long it works, and the address of the frame. */
export const madeEmbedToken = z.object({ token: z.string(), expiresInS: z.number(), frameUrl: z.string() });

/** The body of `POST /api/embedded`, by the frame: the token, and the origin that the browser says it came from. */
export const embedOpening = z.strictObject({
  token: z.string("required").check(z.maxLength(longestEmbedToken, "too-long")),
  parentOrigin: origin,
});

const embeddedPatient = z.pick(patient, {
  id: true,
  name: true,
  partnerUid: true,
  timeZone: true,
  targets: true,
});
export type EmbeddedPatient = z.infer<typeof embeddedPatient>;

const shown = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("patient"), patient: embeddedPatient }),
  z.object({ kind: z.literal("sensor"), serial: z.string(), seesGlucose: z.boolean() }),
]);

/** What the frame shows, how, and until when by the server's clock. */
export const openedEmbed = z.object({
  pass: z.string(),
  expiresAtMs: z.number(),
  shown,
  language: z.nullable(z.enum(["en", "zh-CN"])),
  unit: z.enum(["mmol/L", "mg/dL"]),
  scheme: z.enum(["auto", "light", "dark"]),
});
export type OpenedEmbed = z.infer<typeof openedEmbed>;

/** `GET /api/embedded/devices/{serial}`: a sensor's life, without whose it is. */
export const embeddedDevice = unownedDevice;
