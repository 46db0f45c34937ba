import type { IssuerTest } from "#contract/launch.ts";
import type { StoredIssuer } from "../store/launch-issuers.ts";
import { algorithm } from "../submissions/client-assertion.ts";
import { type createRecord, LaunchTrouble } from "./record.ts";

type Step = IssuerTest["steps"][number];

/** In SMART 1 or SMART 2, of the patient who is open there or of whomever the person there may see. */
const readsPatients = /^(?:patient|user)\/(?:Patient|\*)\.(?:read|\*|c?ru?d?s?)(?:\?\S*)?$/;

/** Tries what of a launch can be tried without a person: what the record says of itself, and what is asked of it. */
export async function testRecord(
  record: Pick<ReturnType<typeof createRecord>, "readConfiguration">,
  issuer: StoredIssuer,
): Promise<Step[]> {
  const verdict = (step: Step["step"], problem: NonNullable<Step["problem"]>, isWell: boolean): Step => ({
    step,
    problem: isWell ? null : problem,
    said: "",
  });
  const scopes = issuer.scopes.split(/\s+/);
  const ofScopes = scopes.includes("launch")
    ? verdict(
        "scopes",
        "no-patient-scope",
        scopes.some((scope) => readsPatients.test(scope)),
      )
    : verdict("scopes", "no-launch-scope", false);
  try {
    const { capabilities, challenges = [], algorithms } = await record.readConfiguration(issuer);
    return [
      { step: "configuration", problem: null, said: "" },
      verdict("capabilities", "no-launch", capabilities.includes("launch-ehr")),
      verdict("pkce", "no-pkce", challenges.includes("S256")),
      ...(issuer.isConfidential
        ? [verdict("signature", "no-signature", algorithms.includes(algorithm))]
        : []),
      ofScopes,
    ];
  } catch (error) {
    if (!(error instanceof LaunchTrouble)) throw error;
    const problem = error.problem === "unreachable" ? "unreachable" : "no-configuration";
    return [{ step: "configuration", problem, said: error.said }, ofScopes];
  }
}
