import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import {
  beginsProduct,
  noDetails,
  nothing,
  readCode,
  readElements,
  type SerialsRead,
} from "./scanned-code.ts";

export const isAddress = (word: string) => /^(https?:\/\/\S|([\w-]+\.)+[a-z]{2,}(:\d+)?\/\S)/i.test(word);
/** How serial numbers are called in addresses and in JSON. */
export const serialKey = /^(sn|s\/n|ser|serial|serial[ _-]?(number|no)|(device|sensor)[ _-]?(sn|serial))$/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The parts of an address's path, and what it has by name. */
function partsOf(address: string): { parts: string[]; parameters: [key: string, value: string][] } {
  const [, path = "", named = ""] = /^(?:https?:\/\/)?[^/?#]*([^?#]*)(.*)$/i.exec(address) ?? [];
  const parameters = named.split(/[?#&;]/).filter((pair) => pair.includes("="));
  return {
    parts: path.split("/").filter(Boolean).map(decoded),
    parameters: parameters.map((pair) => {
      const [key = "", ...value] = pair.replaceAll("+", " ").split("=");
      return [decoded(key), decoded(value.join("="))];
    }),
  };
}

/** A GS1 Digital Link, or an address that has the serial number by name or as its last part. */
export function readAddress(word: string): SerialsRead {
  const { parts, parameters } = partsOf(word.replace(/[.,;)]+$/, ""));
  const product = parts.findIndex(
    (part, place) => part === "01" && /^\d{8,14}$/.test(parts[place + 1] ?? ""),
  );
  if (product >= 0) {
    const elements = new Map(parameters.filter(([key]) => /^\d\d$/.test(key)));
    for (let place = product; place + 1 < parts.length; place += 2)
      elements.set(parts[place] ?? "", parts[place + 1] ?? "");
    return readElements(elements, true);
  }
  const named = parameters.find(([key]) => serialKey.test(key))?.[1];
  const last = parts.at(-1) ?? "";
  const codes = [...parameters.map(([, value]) => value), last].filter(beginsProduct);
  if (named === undefined && codes[0] !== undefined) return readCode(codes[0]) ?? nothing;
  const isOfOneCase = last === last.toUpperCase() || last === last.toLowerCase();
  const serial = parseSerial(named ?? (isOfOneCase && isPlainSerial(last.toUpperCase()) ? last : ""));
  return serial ? { ...nothing, found: [{ serial, box: null }] } : { ...nothing, without: noDetails };
}
