import * as z from "zod/mini";
import { humanText } from "./human-text.ts";
import { isSystem, systemOf } from "./identifier-system.ts";
import { isReceiverAddress } from "./receiver-address.ts";

/** What is asked for of a receiver unless an administrator says otherwise, as SMART 2 writes scopes. */
export const usualScopes =
  "system/Patient.crs system/Device.cu system/Observation.cu system/DiagnosticReport.cu";

/** Without slashes at its end. */
export const serverAddress = z.string("required").check(
  z.trim(),
  z.overwrite((text) => text.replace(/\/+$/, "")),
  z.minLength(1, "required"),
  z.maxLength(500, "too-long"),
  z.refine((text) => text === "" || isReceiverAddress(text), "address"),
);

/** Of identifiers, as FHIR writes it. */
export const identifierSystem = z.nullable(
  humanText(200).check(z.overwrite(systemOf), z.refine(isSystem, "system")),
);

/** The body of `POST /api/receivers` and `PUT /api/receivers/{id}`: a server that patients' data may be sent to. */
export const newReceiver = z.strictObject({
  name: humanText(80),
  /** Of its FHIR server: `$submit-cgm-bundle` and `.well-known/smart-configuration` are under it. */
  baseUrl: serverAddress,
  /** Null: as its smart-configuration says. */
  tokenUrl: z.nullable(serverAddress),
  /** Null until it has registered us. */
  clientId: z.nullable(humanText(200)),
  scopes: humanText(500),
  /**
   * The system of hospital numbers there: patients are then looked for by theirs, and nothing is sent of whom it does
   * not know. Null: patients are sent along.
   */
  patientSystem: identifierSystem,
});
export type NewReceiver = z.infer<typeof newReceiver>;

/** Why nothing came of a try to send, or of a part of it. */
export const sendProblems = [
  "unreachable",
  "timeout",
  "redirect",
  "too-large",
  "not-fhir",
  "throttled",
  "server-error",
  "forbidden",
  "refused",
  "no-configuration",
  "no-client",
  "token-refused",
  "token-unusable",
  "fhir-version",
  "no-operation",
  "patient-none",
  "patient-other",
  "patient-many",
  "patient-inactive",
  "patient-deceased",
  "patient-differs",
  "no-hospital-number",
  "patient-gone",
  "no-readings",
  "platform",
  "internal",
] as const;
export type SendProblem = (typeof sendProblems)[number];

/** What went wrong; `status` is the answer's, `said` what it said, in its own words. */
export const trouble = z.object({
  problem: z.enum(sendProblems),
  status: z.nullable(z.number()),
  said: z.string(),
});
export type Trouble = z.infer<typeof trouble>;

/** `name` is null where nobody here has this ID any more. */
const person = z.object({ id: z.string(), name: z.nullable(z.string()) });

const receiver = z.extend(newReceiver, {
  id: z.string(),
  keyId: z.string(),
  /** Our public key for it as a JWK, for who cannot fetch `jwksUrl`. */
  publicKey: z.string(),
  madeBy: person,
  createdAtMs: z.number(),
  standingOrders: z.number(),
  waiting: z.number(),
  /** When something was last sent there in full. */
  lastSentAtMs: z.nullable(z.number()),
});
export type Receiver = z.infer<typeof receiver>;

/** `GET /api/receivers`, for administrators, and the answer of each change. */
export const receiverList = z.object({
  receivers: z.array(receiver),
  /** Where receivers find our public keys. */
  jwksUrl: z.string(),
});
export type ReceiverList = z.infer<typeof receiverList>;

const testSteps = ["configuration", "token", "metadata", "patients"] as const;

/** The answer of `POST /api/receivers/{id}/test`: each step in order, the last one that was tried with what failed. */
export const receiverTest = z.object({
  steps: z.array(z.object({ step: z.enum(testSteps), trouble: z.nullable(trouble) })),
});
export type ReceiverTest = z.infer<typeof receiverTest>;
