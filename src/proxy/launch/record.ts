import * as z from "zod";
import type { LaunchProblem } from "#contract/launch.ts";
import { isReceiverAddress } from "#contract/receiver-address.ts";
import type { StoredIssuer } from "../store/launch-issuers.ts";
import { ask, SendFailure } from "../submissions/ask.ts";
import { clientAssertion } from "../submissions/client-assertion.ts";

/** Three of them are within the time that a person waits for an answer. */
const limitMs = 7_000;

/** A launch came to nothing; `said` is the record's own word. */
export class LaunchTrouble extends Error {
  readonly problem: LaunchProblem;
  readonly said: string;
  constructor(problem: LaunchProblem, said = "") {
    super(problem);
    this.problem = problem;
    this.said = said;
  }
}

const configuration = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  code_challenge_methods_supported: z.array(z.string()).default(["S256"]),
});
const tokenAnswer = z.object({ access_token: z.string().min(1), patient: z.unknown().optional() });
/** Dots alone would lead elsewhere. */
const fhirId = z.string().regex(/^(?!\.+$)[A-Za-z0-9.-]{1,64}$/);
const patientAnswer = z.object({
  resourceType: z.literal("Patient"),
  id: z.string(),
  birthDate: z.string().optional(),
  identifier: z
    .array(
      z.object({ use: z.string().optional(), system: z.string().optional(), value: z.string().optional() }),
    )
    .default([]),
});
export type RecordPatient = z.infer<typeof patientAnswer>;

const lineTrouble: readonly string[] = ["unreachable", "timeout", "throttled", "server-error"];

/** Its answer as it should be; `problem` where the record itself says otherwise. */
async function answerOf<T>(
  problem: LaunchProblem,
  schema: z.ZodType<T>,
  asked: Promise<unknown>,
): Promise<T> {
  try {
    const read = schema.safeParse(await asked);
    if (read.success) return read.data;
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    const { problem: found, said } = error.trouble;
    throw new LaunchTrouble(lineTrouble.includes(found) ? "unreachable" : problem, said);
  }
  throw new LaunchTrouble(problem);
}

/** Asks a health record: bounded in time and size, led nowhere else. Rejects with a LaunchTrouble. */
export function createRecord(stopping: AbortSignal) {
  return {
    /** Where it signs people in and gives tokens; a plain-text address may only be followed from one. */
    configurationOf: async ({ baseUrl }: Pick<StoredIssuer, "baseUrl">) => {
      const asked = ask(`${baseUrl}/.well-known/smart-configuration`, { limitMs }, stopping);
      const found = await answerOf("no-configuration", configuration, asked);
      const isSafe = (url: string) =>
        isReceiverAddress(url.split("?")[0] ?? "") &&
        !url.includes("#") &&
        (url.startsWith("https:") || baseUrl.startsWith("http:"));
      const { authorization_endpoint: authorizeUrl, token_endpoint: tokenUrl } = found;
      if (![authorizeUrl, tokenUrl].every(isSafe) || !found.code_challenge_methods_supported.includes("S256"))
        throw new LaunchTrouble("no-configuration");
      return { authorizeUrl, tokenUrl };
    },
    /** A token, and the ID of the patient that is open there. */
    tokenOf: async (
      { clientId, isConfidential, keyId, privateKey }: StoredIssuer,
      tokenUrl: string,
      given: { code: string; code_verifier: string; redirect_uri: string },
    ) => {
      if (isConfidential && privateKey === null) throw new LaunchTrouble("token-refused", "AUTH_SECRET");
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        ...given,
        client_id: clientId,
        ...(isConfidential && privateKey !== null
          ? await clientAssertion({ clientId, keyId, privateKey }, tokenUrl)
          : {}),
      }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const asked = ask(tokenUrl, { method: "POST", headers, body, limitMs }, stopping);
      const { access_token: token, patient } = await answerOf("token-refused", tokenAnswer, asked);
      const id = fhirId.safeParse(patient);
      if (!id.success) throw new LaunchTrouble("no-patient");
      return { token, patientId: id.data };
    },
    patientOf: async (
      { baseUrl }: Pick<StoredIssuer, "baseUrl">,
      { token, patientId }: { token: string; patientId: string },
    ): Promise<RecordPatient> => {
      const headers = { authorization: `Bearer ${token}` };
      const asked = ask(`${baseUrl}/Patient/${patientId}`, { headers, limitMs }, stopping);
      const found = await answerOf("patient-refused", patientAnswer, asked);
      if (found.id !== patientId) throw new LaunchTrouble("patient-refused");
      return found;
    },
  };
}
