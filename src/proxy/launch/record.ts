import * as z from "zod";
import type { LaunchFailure, LaunchProblem } from "#contract/launch.ts";
import { isReceiverAddress } from "#contract/receiver-address.ts";
import type { StoredIssuer } from "../store/launch-issuers.ts";
import { ask, SendFailure } from "../submissions/ask.ts";
import { clientAssertion } from "../submissions/client-assertion.ts";
import { fhirId, type PatientThere, patientThere } from "../submissions/their-person.ts";
import { tokenIn } from "../submissions/token.ts";

/** Three of them are within the time that a person waits for an answer. */
const limitMs = 7_000;

/** A launch came to nothing; `said` is the record's own word, `sought` by which numbers nobody was found. */
export class LaunchTrouble extends Error {
  readonly problem: LaunchProblem;
  readonly said: string;
  readonly sought: LaunchFailure["sought"];
  constructor(problem: LaunchProblem, said = "", sought: LaunchFailure["sought"] = null) {
    super(problem);
    this.problem = problem;
    this.said = said;
    this.sought = sought;
  }
}

const configuration = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()).default([]),
  capabilities: z.array(z.string()).default([]),
});

/** What else than a refusal may come in an answer's place. */
const noAnswer: readonly string[] = ["not-fhir", "redirect", "too-large"];
const lineTrouble: readonly string[] = ["unreachable", "timeout", "throttled", "server-error"];

/** Its answer as `read` takes it; `problem` where the record itself says otherwise. */
async function answerOf<T>(
  problem: LaunchProblem,
  asked: Promise<unknown>,
  read: (answer: unknown) => T,
): Promise<T> {
  try {
    return read(await asked);
  } catch (error) {
    if (error instanceof z.ZodError) throw new LaunchTrouble(problem);
    if (!(error instanceof SendFailure)) throw error;
    const { problem: found, said } = error.trouble;
    if (found === "token-unusable") throw new LaunchTrouble(found);
    if (problem === "patient-refused" && noAnswer.includes(found))
      throw new LaunchTrouble("patient-wrong", said);
    throw new LaunchTrouble(lineTrouble.includes(found) ? "unreachable" : problem, said);
  }
}

/** Asks a health record: bounded in time and size, led nowhere else. Rejects with a LaunchTrouble. */
export function createRecord(stopping: AbortSignal) {
  /** Where it signs people in and gives tokens; a plain-text address may only be followed from one. */
  async function readConfiguration({ baseUrl }: Pick<StoredIssuer, "baseUrl">) {
    const asked = ask(`${baseUrl}/.well-known/smart-configuration`, { limitMs }, stopping);
    const found = await answerOf("no-configuration", asked, (answer) => configuration.parse(answer));
    const isSafe = (url: string) =>
      isReceiverAddress(url.split("?")[0] ?? "") &&
      !url.includes("#") &&
      (url.startsWith("https:") || baseUrl.startsWith("http:"));
    const { authorization_endpoint: authorizeUrl, token_endpoint: tokenUrl } = found;
    if (![authorizeUrl, tokenUrl].every(isSafe)) throw new LaunchTrouble("no-configuration");
    const { code_challenge_methods_supported: challenges, capabilities } = found;
    const algorithms = found.token_endpoint_auth_signing_alg_values_supported;
    return { authorizeUrl, tokenUrl, challenges, capabilities, algorithms };
  }

  return {
    readConfiguration,
    /** The same of a record that does not say that it takes no PKCE. */
    configurationOf: async (issuer: Pick<StoredIssuer, "baseUrl">) => {
      const { authorizeUrl, tokenUrl, challenges = ["S256"] } = await readConfiguration(issuer);
      if (!challenges.includes("S256")) throw new LaunchTrouble("no-configuration");
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
      const { token, patient } = await answerOf("token-refused", asked, tokenIn);
      const id = fhirId.safeParse(patient);
      if (!id.success) throw new LaunchTrouble("no-patient");
      return { token, patientId: id.data };
    },
    patientOf: async (
      { baseUrl }: Pick<StoredIssuer, "baseUrl">,
      { token, patientId }: { token: string; patientId: string },
    ): Promise<PatientThere> => {
      const headers = { authorization: `Bearer ${token}` };
      const asked = ask(`${baseUrl}/Patient/${patientId}`, { headers, limitMs }, stopping);
      const found = await answerOf("patient-refused", asked, (answer) => patientThere.safeParse(answer));
      if (found.data?.id !== patientId) throw new LaunchTrouble("patient-wrong");
      return found.data;
    },
  };
}
