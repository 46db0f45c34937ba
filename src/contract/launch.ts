import * as z from "zod/mini";
import { humanText } from "./human-text.ts";
import { isOrigin } from "./receiver-address.ts";
import { identifierSystem, serverAddress } from "./receivers.ts";

/** What is asked for unless an administrator says otherwise: the context, and to read its patient. */
export const usualLaunchScopes = "launch patient/Patient.r";

/** The body of `POST /api/launch-issuers` and `PUT /api/launch-issuers/{id}`: a record that may open patients here. */
export const newLaunchIssuer = z
  .strictObject({
    name: humanText(80),
    /** Of its FHIR server, as the record sends it with a launch (`iss`). */
    baseUrl: serverAddress,
    clientId: humanText(200),
    /** It wants a signature of ours for a token (`private_key_jwt`); else we are a public client. */
    isConfidential: z.boolean(),
    scopes: humanText(500),
    /** The system of hospital numbers there. */
    patientSystem: identifierSystem,
    /** The system of partner user IDs there. */
    partnerSystem: identifierSystem,
    /** Whose pages may show the way in within a frame of theirs. */
    frameOrigin: z.nullable(
      z.string("required").check(z.trim(), z.maxLength(300, "too-long"), z.refine(isOrigin, "origin")),
    ),
  })
  .check(
    z.refine(({ patientSystem, partnerSystem }) => patientSystem !== null || partnerSystem !== null, {
      error: "required",
      path: ["patientSystem"],
    }),
    z.refine(
      ({ patientSystem, partnerSystem }) => partnerSystem === null || partnerSystem !== patientSystem,
      {
        error: "same",
        path: ["partnerSystem"],
      },
    ),
  );
export type NewLaunchIssuer = z.infer<typeof newLaunchIssuer>;

const launchIssuer = z.object({
  ...newLaunchIssuer.shape,
  id: z.string(),
  /** Our public key for it as a JWK. */
  publicKey: z.string(),
  madeBy: z.object({ id: z.string(), name: z.nullable(z.string()) }),
  createdAtMs: z.number(),
});
export type LaunchIssuer = z.infer<typeof launchIssuer>;

/** `GET /api/launch-issuers`, for administrators, and the answer of each change; with what the record has to be told. */
export const launchIssuerList = z.object({
  issuers: z.array(launchIssuer),
  launchUrl: z.string(),
  redirectUrl: z.string(),
  jwksUrl: z.string(),
});
export type LaunchIssuerList = z.infer<typeof launchIssuerList>;

const issuerTestSteps = ["configuration", "capabilities", "pkce", "signature", "scopes"] as const;

/** The answer of `POST /api/launch-issuers/{id}/test`: each step, with what is wrong and what the record said. */
export const issuerTest = z.object({
  steps: z.array(
    z.object({
      step: z.enum(issuerTestSteps),
      problem: z.nullable(
        z.enum([
          "unreachable",
          "no-configuration",
          "no-launch",
          "no-pkce",
          "no-signature",
          "no-launch-scope",
          "no-patient-scope",
        ]),
      ),
      said: z.string(),
    }),
  ),
});
export type IssuerTest = z.infer<typeof issuerTest>;

const parameter = z.string().check(z.minLength(1, "required"), z.maxLength(4000, "too-long"));

/** The body of `POST /api/launches`: how a record began it. */
export const launchBegun = z.strictObject({ iss: parameter, launch: parameter });
export type LaunchBegun = z.infer<typeof launchBegun>;

/** The body of `POST /api/launches/return`: how the record sent the browser back. */
export const launchReturned = z.strictObject({
  state: parameter,
  code: z.optional(parameter),
  error: z.optional(parameter),
  said: z.optional(parameter),
});
export type LaunchReturned = z.infer<typeof launchReturned>;

/** Why a launch came to nothing. */
export const launchProblems = [
  "unknown-issuer",
  "exchange-off",
  "unreachable",
  "no-configuration",
  "denied",
  "state",
  "token-refused",
  "token-unusable",
  "no-patient",
  "patient-refused",
  "patient-wrong",
  "patient-none",
  "patient-no-number",
  "patient-elsewhere",
  "patient-many",
  "patient-two-numbers",
  "patient-inactive",
  "patient-differs",
] as const;
export type LaunchProblem = (typeof launchProblems)[number];

const launchFailure = z.object({
  problem: z.enum(launchProblems),
  /** The record's name; null where it is not known. */
  issuer: z.nullable(z.string()),
  /** What it said, in its own words. */
  said: z.string(),
  /** Where nobody was found: by which numbers, and what other ones stand there. For the screen alone. */
  sought: z.nullable(
    z.object({
      /** The systems whose numbers find somebody. */
      systems: z.array(z.string()),
      /** What stands there of these systems and was looked for. */
      numbers: z.array(z.string()),
      others: z.array(
        z.object({
          /** Null where the number has none. */
          system: z.nullable(z.string()),
          /** False of a former one, one that has run out or not begun. */
          isCurrent: z.boolean(),
          /** Whether somebody here has the same number. */
          isHere: z.boolean(),
        }),
      ),
    }),
  ),
});
export type LaunchFailure = z.infer<typeof launchFailure>;

/** Where the browser goes on at the record. */
export const launchGoesOn = z.union([z.object({ url: z.string() }), launchFailure]);
/** Whose page is opened. */
export const launchOpens = z.union([z.object({ patientId: z.string() }), launchFailure]);
export type LaunchAnswer = z.infer<typeof launchGoesOn> | z.infer<typeof launchOpens>;
