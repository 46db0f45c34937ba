import type { Bundle, BundleEntry, Device, Identifier, Resource } from "@medplum/fhirtypes";
import { ownIdentifier } from "./patient.ts";

/** A resource as a receiver is asked to keep it: once, by an identifier of ours. */
interface Kept {
  readonly type: string;
  /** The identifier's value. */
  readonly name: string;
}

interface Submission {
  readonly bundle: Bundle;
  /** What each entry is, in their order. */
  readonly entries: readonly Kept[];
}

interface SubmissionOptions {
  readonly patientId: string;
  readonly resources: readonly Resource[];
  /** Where the receiver has the patient, "Patient/7"; null where the patient is sent along. */
  readonly patientThere: string | null;
  /** Where it has what it took before ("Observation/12"), by our identifier's value; null where it has not said. */
  readonly taken: ReadonlyMap<string, string | null>;
  readonly asOfMs: number;
  /** The same for the same text. */
  readonly uuidOf: (text: string) => string;
}

/**
 * A serial number alone names no system by which it could be found again. What is created once never hears that a sensor
 * has ended, so that of one that is worn nothing is said of its status.
 */
function toKeep(resource: Resource, patientId: string): Resource {
  if (resource.resourceType !== "Device") return resource;
  const { status, ...device } = resource;
  return {
    ...device,
    ...(status !== "active" && status !== undefined && { status }),
    identifier: [...(resource.identifier ?? []), ownIdentifier(patientId, resource.id ?? "")],
  };
}

function keyOf(resource: Resource, patientId: string): Identifier {
  const { identifier = [] } = resource as Device;
  const own = identifier.find(({ system }) => system === ownIdentifier(patientId, "").system);
  const key = own ?? identifier[0];
  if (!key) throw new Error(`a ${resource.resourceType} without an identifier`);
  return key;
}

/** Identifiers of ours have no character that an address would spell otherwise. */
const queryOf = ({ system, value }: Identifier): string => `identifier=${system}|${value}`;

/** The same value with its references leading elsewhere. */
function led<T>(value: T, references: ReadonlyMap<string, string>): T {
  if (Array.isArray(value)) return value.map((one) => led(one, references)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === "reference" && typeof part === "string"
        ? (references.get(part) ?? part)
        : led(part, references),
    ]),
  ) as T;
}

/**
 * What is posted to `$submit-cgm-bundle`: what the receiver has not taken yet, each created only where nothing
 * has our identifier there.
 */
export function toSubmission(options: SubmissionOptions): Submission {
  const { patientId, patientThere, taken, asOfMs, uuidOf } = options;
  const all = options.resources.map((one) => {
    const resource = toKeep(one, patientId);
    const key = keyOf(resource, patientId);
    return { resource, key, name: key.value ?? "", type: resource.resourceType };
  });
  const isThere = ({ type, name }: Kept) => (type === "Patient" && patientThere !== null) || taken.has(name);
  const whereIs = (one: (typeof all)[number]): string => {
    if (one.type === "Patient" && patientThere !== null) return patientThere;
    if (!taken.has(one.name)) return `urn:uuid:${uuidOf(`${one.key.system}|${one.name}`)}`;
    return taken.get(one.name) ?? `${one.type}?${queryOf(one.key)}`;
  };
  const references = new Map(all.map((one) => [`${one.type}/${one.resource.id}`, whereIs(one)]));
  const entries = all.filter((one) => !isThere(one));
  return {
    entries: entries.map(({ type, name }) => ({ type, name })),
    bundle: {
      resourceType: "Bundle",
      type: "transaction",
      timestamp: new Date(asOfMs).toISOString(),
      entry: entries.map((one): BundleEntry => {
        const { id: _ours, ...resource } = led(one.resource, references);
        return {
          fullUrl: whereIs(one),
          resource: resource as Resource,
          request: { method: "POST", url: one.type, ifNoneExist: queryOf(one.key) },
        };
      }),
    },
  };
}
