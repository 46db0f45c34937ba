import type { LinkPayload, Manifest } from "#contract/health-links.ts";
import { ApiError, call } from "../http.ts";

/** Why a link cannot be opened here: not one, of another site, of a later version of the specification, run out. */
export type LinkFault = "none" | "elsewhere" | "later" | "expired";

const scheme = "shlink:/";

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );

/** What a link says, from behind the "#" of an address. */
export function readLink(hash: string, nowMs: number): LinkPayload | LinkFault {
  const at = hash.indexOf(scheme);
  if (at < 0) return "none";
  let payload: Partial<LinkPayload>;
  try {
    payload = JSON.parse(new TextDecoder().decode(bytesOf(hash.slice(at + scheme.length))));
  } catch {
    return "none";
  }
  const { url, key, exp, v = 1 } = payload;
  if (typeof url !== "string" || typeof key !== "string" || !URL.canParse(url)) return "none";
  if (v > 1) return "later";
  if (typeof exp === "number" && exp * 1000 <= nowMs) return "expired";
  return new URL(url).origin === window.location.origin ? { ...payload, url, key } : "elsewhere";
}

export class WrongPasscode extends Error {
  readonly left: number;
  constructor(left: number) {
    super("the passcode is wrong");
    this.left = left;
  }
}

async function readManifest({ url }: LinkPayload, asked: object): Promise<Manifest> {
  let answer: Response;
  try {
    answer = await call(new URL(url).pathname, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
  } catch (error) {
    const { remainingAttempts } = ((error as Error).cause ?? {}) as { remainingAttempts?: unknown };
    throw typeof remainingAttempts === "number" ? new WrongPasscode(remainingAttempts) : error;
  }
  return answer.json() as Promise<Manifest>;
}

/** The one thing that is measured so, in words of the page's catalog. */
type Measure =
  | "very-low"
  | "low"
  | "in-range"
  | "high"
  | "very-high"
  | "mean"
  | "gmi"
  | "variation"
  | "days-of-wear"
  | "active";

/** LOINC's codes, as the guide has them. */
const measures: Readonly<Record<string, Measure>> = {
  "104642-4": "very-low",
  "104641-6": "low",
  "97510-2": "in-range",
  "104640-8": "high",
  "104639-0": "very-high",
  "97507-8": "mean",
  "105273-7": "mean",
  "97506-0": "gmi",
  "104638-2": "variation",
  "104636-6": "days-of-wear",
  "104637-4": "active",
};

interface Coded {
  code?: { coding?: { code?: string }[] };
  valueQuantity?: { value?: number; unit?: string };
}

interface Resource extends Coded {
  resourceType?: string;
  status?: string;
  name?: { text?: string }[];
  birthDate?: string;
  component?: Coded[];
  note?: unknown[];
  effectivePeriod?: { start?: string; end?: string };
  presentedForm?: { data?: string }[];
}

export interface Opened {
  readonly name: string;
  readonly birthDate: string | null;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly isPreliminary: boolean;
  readonly isThin: boolean;
  readonly values: readonly { measure: Measure; value: number; unit: string }[];
  readonly pdf: Blob;
  readonly bundle: Blob;
}

function valuesIn(resources: readonly Resource[]): Opened["values"] {
  const coded = resources
    .filter(({ resourceType }) => resourceType === "Observation")
    .flatMap((one): Coded[] => [one, ...(one.component ?? [])]);
  return coded.flatMap(({ code, valueQuantity }) => {
    const measure = measures[code?.coding?.[0]?.code ?? ""];
    const { value, unit = "" } = valueQuantity ?? {};
    return measure && value !== undefined ? [{ measure, value, unit }] : [];
  });
}

/**
 * Asks for what is behind a link in the name of `recipient`, opens it with the link's key, which no server hears of, and
 * says what it holds. Rejects with WrongPasscode or an ApiError.
 */
export async function openLink(
  link: LinkPayload,
  recipient: string,
  passcode: string | null,
): Promise<Opened> {
  const { files } = await readManifest(link, { recipient, ...(passcode !== null && { passcode }) });
  const [file] = files;
  if (!file) throw new ApiError("bad-answer", "a link that holds nothing");
  const sealed = "embedded" in file ? file.embedded : await (await call(file.location, {})).text();
  const { compactDecrypt } = await import("jose/jwe/compact/decrypt");
  const { plaintext } = await compactDecrypt(sealed, bytesOf(link.key));
  const json = new TextDecoder().decode(plaintext);
  const { entry = [] } = JSON.parse(json) as { entry?: { resource?: Resource }[] };
  const resources = entry.flatMap(({ resource }) => resource ?? []);
  const one = (type: string) => resources.find(({ resourceType }) => resourceType === type);
  const [patient, report] = [one("Patient"), one("DiagnosticReport")];
  return {
    name: patient?.name?.[0]?.text ?? "",
    birthDate: patient?.birthDate ?? null,
    firstDate: report?.effectivePeriod?.start ?? "",
    lastDate: report?.effectivePeriod?.end ?? "",
    isPreliminary: report?.status === "preliminary",
    isThin: resources.some(({ note }) => note !== undefined),
    values: valuesIn(resources),
    pdf: new Blob([bytesOf(report?.presentedForm?.[0]?.data ?? "")], { type: "application/pdf" }),
    bundle: new Blob([json], { type: "application/fhir+json" }),
  };
}
