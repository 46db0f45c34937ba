import type { Context } from "hono";
import { toNote } from "#fhir/outcome.ts";
import { refused } from "./asked-days.ts";

/** What every request may say. */
const everywhere = ["_format", "_pretty"];

export const baseUrlOf = (c: Context, publicUrl: string | null): string =>
  `${publicUrl ?? new URL(c.req.url).origin}/fhir`;

/**
 * What of a search is not known here: it is left out and said so, or refused where the client prefers strict handling; a
 * modifier is always refused. Source: FHIR R4, Search, Handling Errors and Modifiers.
 */
function ignoredOf(c: Context, known: readonly string[]): string[] {
  const names = Object.keys(c.req.queries()).filter((name) => ![...known, ...everywhere].includes(name));
  const modified = names.find((name) => known.includes(name.split(/[:.]/)[0] ?? ""));
  if (modified)
    throw refused(
      modified.slice(0, 60),
      "modifier",
      "Modifiers and chains of parameters are not known here.",
    );
  if (names[0] !== undefined && /handling\s*=\s*"?strict/i.test(c.req.header("prefer") ?? ""))
    throw refused(
      names[0].slice(0, 60),
      "unknown",
      "This parameter is not known here; metadata names those that are.",
    );
  return names;
}

/** Of a search its addresses, and the notes that go with what was found. */
export function searchOf(c: Context, publicUrl: string | null, known: readonly string[]) {
  const ignored = ignoredOf(c, known);
  const baseUrl = baseUrlOf(c, publicUrl);
  return {
    baseUrl,
    /** Where the page that begins with an item is asked for, by what was understood. */
    addressFrom: (offset: number): string => {
      const { pathname, searchParams } = new URL(c.req.url);
      for (const name of ignored) searchParams.delete(name);
      if (offset > 0) searchParams.set("_offset", String(offset));
      return `${baseUrl}${pathname.replace(/^\/fhir/, "")}?${searchParams}`;
    },
    noteWith: (taken: string | null = null) =>
      toNote([
        ...(taken === null ? [] : [taken]),
        ...(ignored.length === 0
          ? []
          : [
              `Not known here and left out: ${ignored
                .slice(0, 10)
                .map((name) => name.slice(0, 40))
                .join(", ")}.`,
            ]),
      ]),
  };
}

/**
 * The ID in "ID", "Patient/ID" or the same below our own address, of `patient` or `subject`; what leads to another
 * server is nobody here.
 */
export function patientAsked(
  { patient, subject }: { patient?: string | undefined; subject?: string | undefined },
  baseUrl: string,
): string {
  const [asked, other = asked] = [patient, subject]
    .filter((one) => one !== undefined)
    .map((one) => one.replace(`${baseUrl}/`, "").replace(/^Patient\//, ""));
  if (asked === undefined) throw refused("patient", "required", "Name whose: patient or subject.");
  if (asked !== other) throw refused("subject", "patient", "patient and subject are two people.");
  return asked;
}

const jsonTypes = /^(\*\/\*|application\/(\*|json|fhir\+json)|text\/json)$/;

/** Whether an answer in JSON is one that the client takes. `_format` counts before Accept. */
export function takesJson(c: Context): boolean {
  const format = c.req.query("_format")?.replace(" ", "+");
  if (format) return format === "json" || jsonTypes.test(format.split(";")[0]?.trim() ?? "");
  const accept = c.req.header("accept")?.trim();
  return (
    !accept ||
    accept.split(",").some((one) => {
      const [type = "", ...parameters] = one.split(";").map((part) => part.trim().toLowerCase());
      return jsonTypes.test(type) && !parameters.some((part) => /^q=0(\.0*)?$/.test(part));
    })
  );
}
