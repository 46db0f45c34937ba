import { randomUUID } from "node:crypto";
import type { Bundle } from "@medplum/fhirtypes";
import * as z from "zod";
import type { Patient } from "#contract/patient.ts";
import { isReceiverAddress } from "#contract/receiver-address.ts";
import type { ReceiverTest, SendProblem } from "#contract/receivers.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import type { StoredReceiver } from "../store/receivers.ts";
import type { FoundThere } from "../store/submissions.ts";
import { ask, SendFailure, saidIn } from "./ask.ts";
import { clientAssertion } from "./client-assertion.ts";
import { holds, isInUse, type PatientThere, patientThere, theirPerson } from "./their-person.ts";
import { tokenIn } from "./token.ts";

const shortMs = 15_000;
/** A server may look at a bundle for a while before it answers. */
const longMs = 60_000;
/** A token is not used in its last moments. */
const marginS = 30;
const fhirJson = "application/fhir+json";
const form = "application/x-www-form-urlencoded";
const operation = "submit-cgm-bundle";
const receiverCapability = "http://hl7.org/fhir/uv/cgm/CapabilityStatement/cgm-data-receiver";

const configuration = z.object({ token_endpoint: z.string() });
const found = z.object({
  resourceType: z.literal("Bundle"),
  total: z.number().optional(),
  link: z.array(z.object({ relation: z.string() })).default([]),
  entry: z
    .array(
      z.object({
        resource: z.union([patientThere, z.looseObject({ resourceType: z.string().regex(/^(?!Patient$)/) })]),
      }),
    )
    .default([]),
});
const capability = z.object({
  resourceType: z.literal("CapabilityStatement"),
  fhirVersion: z.string().optional(),
  instantiates: z.array(z.string()).default([]),
  rest: z.array(z.object({ operation: z.array(z.object({ name: z.string() })).default([]) })).default([]),
});
const answered = z.object({
  resourceType: z.literal("Bundle"),
  entry: z.array(
    z.object({
      response: z.object({
        status: z.string(),
        location: z.string().optional(),
        outcome: z.unknown().optional(),
      }),
    }),
  ),
});

/** What a receiver said of one entry. */
export interface EntryAnswer {
  status: number;
  /** "Observation/12" */
  location: string | null;
  said: string;
}

const readable = <T>(schema: z.ZodType<T>, body: unknown, problem: SendProblem = "not-fhir"): T => {
  const result = schema.safeParse(body);
  if (!result.success) throw new SendFailure(problem, { said: saidIn(body) });
  return result.data;
};

/** A failure of a step that has a name of its own; what passes keeps its own. */
async function as<T>(problem: SendProblem, problems: readonly SendProblem[], step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof SendFailure && problems.includes(error.trouble.problem))
      throw new SendFailure(problem, { ...error.trouble });
    throw error;
  }
}

/** As a search says what is part of a value. */
const escaped = (text: string) => text.replace(/[\\,|$]/g, "\\$&");
const isPatient = (one: { resourceType: string }): one is PatientThere => one.resourceType === "Patient";

/** A plain-text address may only be followed from one. */
function tokenUrlIn(body: unknown, baseUrl: string): string {
  const { token_endpoint: url } = readable(configuration, body, "no-configuration");
  const isAsSafe = url.startsWith("https:") || baseUrl.startsWith("http:");
  if (!isReceiverAddress(url) || !isAsSafe) throw new SendFailure("no-configuration");
  return url;
}

/**
 * Receivers by FHIR's `$submit-cgm-bundle` and SMART Backend Services: for a token we prove who we are with a signature. Rejects
 * with a SendFailure.
 */
export function createReceiverClient(stopping: AbortSignal, now: () => number) {
  const tokens = new Map<string, { token: string; untilMs: number }>();
  const keyOf = (receiver: StoredReceiver) => JSON.stringify({ ...receiver, privateKey: null });

  async function tokenUrlOf({ baseUrl, tokenUrl }: StoredReceiver): Promise<string> {
    if (tokenUrl !== null) return tokenUrl;
    const url = `${baseUrl}/.well-known/smart-configuration`;
    const asked = ask(url, { limitMs: shortMs }, stopping);
    return tokenUrlIn(await as("no-configuration", ["refused", "forbidden", "redirect"], asked), baseUrl);
  }

  async function askToken(receiver: StoredReceiver, tokenUrl: string): Promise<string> {
    const { clientId, scopes, keyId, privateKey } = receiver;
    if (clientId === null) throw new SendFailure("no-client");
    if (privateKey === null) throw new SendFailure("internal", { said: "AUTH_SECRET" });
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      scope: scopes,
      ...(await clientAssertion({ clientId, keyId, privateKey }, tokenUrl)),
    }).toString();
    const asked = ask(
      tokenUrl,
      { method: "POST", headers: { "content-type": form }, body, limitMs: shortMs },
      stopping,
    );
    const answer = await as("token-refused", ["refused", "forbidden", "redirect"], asked);
    const { token, lifeS } = tokenIn(answer);
    tokens.set(keyOf(receiver), { token, untilMs: performance.now() + (lifeS - marginS) * 1000 });
    return token;
  }

  async function tokenOf(receiver: StoredReceiver): Promise<string> {
    const kept = tokens.get(keyOf(receiver));
    if (kept && kept.untilMs > performance.now()) return kept.token;
    return askToken(receiver, await tokenUrlOf(receiver));
  }

  /** With a token; one that the receiver has forgotten is asked for once more. */
  async function post(
    receiver: StoredReceiver,
    path: string,
    type: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const send = async () =>
      ask(
        `${receiver.baseUrl}/${path}`,
        {
          method: "POST",
          headers: { ...headers, "content-type": type, authorization: `Bearer ${await tokenOf(receiver)}` },
          body,
          limitMs: longMs,
        },
        stopping,
      );
    const wasKept = tokens.has(keyOf(receiver));
    try {
      return await send();
    } catch (error) {
      const isForgotten = error instanceof SendFailure && error.trouble.status === 401;
      if (isForgotten) tokens.delete(keyOf(receiver));
      if (isForgotten && wasKept) return send();
      throw error;
    }
  }

  /** Whom the receiver answers with when asked for a number; `isAll` where it has told all of them. */
  async function patientsWith(receiver: StoredReceiver, system: string, number: string) {
    const asked = new URLSearchParams({ identifier: `${escaped(system)}|${escaped(number)}` });
    const body = await post(receiver, "Patient/_search", form, asked.toString());
    const { entry, link, total = 0 } = readable(found, body);
    const byId = new Map(entry.flatMap(({ resource: one }) => (isPatient(one) ? [[one.id, one]] : [])));
    return {
      patients: [...byId.values()],
      isAll: total <= byId.size && !link.some(({ relation }) => relation === "next"),
    };
  }

  return {
    /** Where the receiver has this very person, by the hospital number that they hold there too; null where patients are sent along. */
    patientThere: async (
      receiver: StoredReceiver,
      patient: Pick<Patient, "hospitalNumber" | "dateOfBirth" | "timeZone">,
    ): Promise<FoundThere | null> => {
      const { patientSystem: system } = receiver;
      const { hospitalNumber: number, timeZone } = patient;
      if (system === null) return null;
      if (number === null) throw new SendFailure("no-hospital-number");
      const { patients, isAll } = await patientsWith(receiver, system, number);
      const holders = patients.filter((one) => holds(one, system, number, now(), timeZone));
      const [one = holders[0], ...others] = holders.filter(isInUse);
      if (patients.length > 0 && !one) throw new SendFailure("patient-other");
      if (!isAll || others.length > 0) throw new SendFailure("patient-many");
      if (!one) throw new SendFailure("patient-none");
      const person = theirPerson(one, patient);
      if ("problem" in person) throw new SendFailure(person.problem);
      if (one.deceasedBoolean || one.deceasedDateTime !== undefined)
        throw new SendFailure("patient-deceased");
      return { address: `Patient/${one.id}`, isByNumberAlone: person.isByNumberAlone };
    },
    /** What it said of each entry, in their order. */
    submit: async (receiver: StoredReceiver, bundle: Bundle): Promise<EntryAnswer[]> => {
      const body = await post(receiver, `$${operation}`, fhirJson, JSON.stringify(bundle), {
        // Of what it has created it need not send all back.
        prefer: "return=minimal",
      });
      const { entry } = readable(answered, body);
      if (entry.length !== bundle.entry?.length) throw new SendFailure("not-fhir");
      return entry.map(({ response: { status, location, outcome } }) => ({
        status: Number.parseInt(status, 10) || 0,
        location: /[A-Z]\w+\/[\w.-]{1,64}(?=\/_history\/|$)/.exec(location ?? "")?.[0] ?? null,
        said: saidIn(outcome),
      }));
    },
    /** Tries all but sending, and says which step failed. */
    test: async (receiver: StoredReceiver): Promise<ReceiverTest["steps"]> => {
      const steps: ReceiverTest["steps"] = [];
      const step = async <T>(name: (typeof steps)[number]["step"], act: () => Promise<T>): Promise<T> => {
        try {
          const result = await act();
          steps.push({ step: name, trouble: null });
          return result;
        } catch (error) {
          if (error instanceof SendFailure) steps.push({ step: name, trouble: error.trouble });
          throw error;
        }
      };
      try {
        const tokenUrl = await step("configuration", () => tokenUrlOf(receiver));
        await step("token", () => askToken(receiver, tokenUrl));
        await step("metadata", async () => {
          const body = await ask(`${receiver.baseUrl}/metadata`, { limitMs: shortMs }, stopping);
          const { instantiates, rest, fhirVersion = "4.0" } = readable(capability, body);
          if (!/^4\.\d/.test(fhirVersion))
            throw new SendFailure("fhir-version", { said: beginningOf(usableText(fhirVersion), 40) });
          const isKnown = rest.some((one) => one.operation.some(({ name }) => name === operation));
          if (!isKnown && !instantiates.some((url) => url.startsWith(receiverCapability)))
            throw new SendFailure("no-operation");
        });
        const { patientSystem: system } = receiver;
        if (system !== null)
          await step("patients", async () => {
            const { patients } = await patientsWith(receiver, system, `trendline-test-${randomUUID()}`);
            if (patients.length > 0) throw new SendFailure("patient-other");
          });
      } catch (error) {
        if (!(error instanceof SendFailure)) throw error;
      }
      return steps;
    },
  };
}

export type ReceiverClient = ReturnType<typeof createReceiverClient>;
