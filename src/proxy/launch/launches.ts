import { createHash, randomBytes } from "node:crypto";
import type { LaunchBegun, LaunchReturned } from "#contract/launch.ts";
import type { Patient } from "#contract/patient.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { minuteMs } from "#glucose/time.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { LaunchIssuerStore, StoredIssuer } from "../store/launch-issuers.ts";
import type { LaunchStore } from "../store/launches.ts";
import { type PatientThere, theirPerson } from "../submissions/their-person.ts";
import { numbersIn, soughtOf } from "./numbers.ts";
import { createRecord, LaunchTrouble } from "./record.ts";

export interface LaunchOptions {
  launchIssuers: LaunchIssuerStore;
  launches: LaunchStore;
  exchange: Pick<ExchangeStore, "read">;
  /** Aborts when the server stops. */
  stopping: AbortSignal;
  now: () => number;
}

export const launchLifeMs = 10 * minuteMs;
const mostSaid = 300;

/** Whose page is opened; `isByNumberAlone` where no dates of birth could be compared. */
interface FoundHere {
  patient: Patient;
  isByNumberAlone: boolean;
}

const secret = () => randomBytes(32).toString("base64url");
const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
const plainly = (text: string) => beginningOf(usableText(text.replace(/\s+/g, " ")).trim(), mostSaid);

/** What came of a try, and at which record where it is known. */
export type Tried<T> =
  | { issuer: StoredIssuer; found: T }
  | { issuer: StoredIssuer | null; trouble: LaunchTrouble };

async function tried<T>(issuer: StoredIssuer, act: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { issuer, found: await act() };
  } catch (trouble) {
    if (trouble instanceof LaunchTrouble) return { issuer, trouble };
    throw trouble;
  }
}
const failed = (problem: LaunchTrouble["problem"]) => ({ issuer: null, trouble: new LaunchTrouble(problem) });

/** SMART on FHIR's EHR launch: a record opens the patient who is open there. No token of a record is kept. */
export function createLaunches({ launchIssuers, launches, exchange, stopping, now }: LaunchOptions) {
  const record = createRecord(stopping);

  /** By a current identifier of the record; a name or a date of birth finds nobody, but another date of birth refuses. */
  async function patientHere(issuer: StoredIssuer, there: PatientThere): Promise<FoundHere> {
    const numbers = await numbersIn(launches, there, issuer, now());
    const current = numbers.filter(({ isCurrent }) => isCurrent);
    const people = new Map(current.flatMap((number) => number.people.map((one) => [one.id, one])));
    const [patient] = people.values();
    if (!patient) {
      const sought = await soughtOf(launches, there, issuer, numbers, now());
      const isElsewhere = sought.others.some(({ isHere }) => isHere);
      const without = sought.numbers.length === 0 ? "patient-no-number" : "patient-none";
      throw new LaunchTrouble(isElsewhere ? "patient-elsewhere" : without, "", sought);
    }
    if (people.size > 1) {
      const isOneNumber = current.some((number) => number.people.length > 1);
      throw new LaunchTrouble(isOneNumber ? "patient-many" : "patient-two-numbers");
    }
    const person = theirPerson(there, patient);
    if ("problem" in person) throw new LaunchTrouble(person.problem);
    return { patient, isByNumberAlone: person.isByNumberAlone };
  }

  return {
    /** Where the browser goes on at the record, and the secret that it is to bring back. */
    begin: async (
      { iss, launch }: LaunchBegun,
      staffId: string,
      redirectUrl: string,
    ): Promise<Tried<{ url: string; state: string; verifier: string }>> => {
      const issuer = await launchIssuers.byBaseUrl(iss.replace(/\/+$/, ""));
      if (!issuer) return failed("unknown-issuer");
      return tried(issuer, async () => {
        if (!(await exchange.read()).isOn) throw new LaunchTrouble("exchange-off");
        const { authorizeUrl } = await record.configurationOf(issuer);
        const [state, verifier] = [secret(), secret()];
        const challenge = challengeOf(verifier);
        await launches.begin(state, {
          challenge,
          issuerId: issuer.id,
          staffId,
          expiresAtMs: now() + launchLifeMs,
        });
        const url = new URL(authorizeUrl);
        for (const [name, value] of Object.entries({
          response_type: "code",
          client_id: issuer.clientId,
          redirect_uri: redirectUrl,
          scope: issuer.scopes,
          state,
          aud: iss,
          launch,
          code_challenge: challenge,
          code_challenge_method: "S256",
        }))
          url.searchParams.set(name, value);
        return { url: url.href, state, verifier };
      });
    },
    /** Whose page is opened, of one who came back with the browser's own secret. */
    finish: async (
      { state, code, error, said = "" }: LaunchReturned,
      verifier: string | null,
      staffId: string,
      redirectUrl: string,
    ): Promise<Tried<FoundHere>> => {
      const begun = await launches.take(state);
      const isOwn = begun && verifier !== null && challengeOf(verifier) === begun.challenge;
      if (!isOwn || begun.staffId !== staffId) return failed("state");
      const issuer = await launchIssuers.byId(begun.issuerId);
      if (!issuer) return failed("unknown-issuer");
      return tried(issuer, async () => {
        if (!(await exchange.read()).isOn) throw new LaunchTrouble("exchange-off");
        if (code === undefined) throw new LaunchTrouble("denied", plainly(said || (error ?? "")));
        const { tokenUrl } = await record.configurationOf(issuer);
        const token = await record.tokenOf(issuer, tokenUrl, {
          code,
          code_verifier: verifier,
          redirect_uri: redirectUrl,
        });
        return patientHere(issuer, await record.patientOf(issuer, token));
      });
    },
  };
}
