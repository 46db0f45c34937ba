import type { CodeableConcept } from "@medplum/fhirtypes";

/** What a token of a search asks for. */
export interface Token {
  /** Undefined where it may be of any system; null where it must be of none. */
  readonly system: string | null | undefined;
  /** Empty where anything of the system will do. */
  readonly value: string;
}

const unescaped = (text: string): string => text.replace(/\\([\\,|$])/g, "$1");

// Each with no backslash before it, or an even number of them.
const comma = /(?<=(?<!\\)(?:\\\\)*),/;
const bar = /(?<=(?<!\\)(?:\\\\)*)\|/;

/** "SYSTEM|VALUE", "|VALUE", "VALUE" or "SYSTEM|", any of those set apart by commas. Source: FHIR R4, Search, token. */
export const parseTokens = (text: string): Token[] =>
  text.split(comma).map((one) => {
    const [first = "", ...rest] = one.trim().split(bar).map(unescaped);
    return rest.length === 0
      ? { system: undefined, value: first }
      : { system: first || null, value: rest.join("|") };
  });

/** Whether one of the tokens asks for what has this system (none where it is undefined) and value. */
export const isAskedFor = (tokens: readonly Token[], system: string | undefined, value: string): boolean =>
  tokens.some(
    (token) =>
      (token.system === undefined || token.system === (system ?? null)) &&
      (token.value === value || (token.value === "" && typeof token.system === "string")),
  );

/** Whether one of the tokens asks for what this concept is coded as. */
export const hasCoding = (tokens: readonly Token[], { coding = [] }: CodeableConcept): boolean =>
  coding.some(({ system, code = "" }) => isAskedFor(tokens, system, code));
