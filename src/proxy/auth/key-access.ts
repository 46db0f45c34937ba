import type { ApiKey } from "#contract/api-keys.ts";

/** What programs are for: neither people's accounts, nor who may sign in, nor the trail. */
const areas = [
  "/fhir",
  "/api/patients",
  "/api/devices",
  "/api/worklist",
  "/api/fleet",
  "/api/cases",
  "/api/recalls",
  "/api/look-ups",
  "/api/embed-tokens",
];

/** What is asked by POST because its words may not stand in an address. */
const questions: ReadonlySet<string> = new Set([
  "/api/patients/search",
  "/api/patients/lookup",
  "/api/patients/resolve",
  "/api/patients/now",
  "/api/patients/duplicates",
  "/api/devices/alike",
  "/api/devices/states",
  "/api/devices/wearers",
  "/api/worklist/devices",
  "/api/fleet/sensors",
  "/api/cases/search",
  "/api/cases/export",
  // Lets a page be read what the key may read.
  "/api/embed-tokens",
]);

const registration = "/api/patients";

/** What of a route a key opens, beside what its role may; null for nothing. `pattern` is as Hono or OpenAPI writes it. */
export function keyAccess(method: string, pattern: string): "read" | "register" | null {
  if (method === "POST" && pattern === registration) return "register";
  if (method === "POST") return questions.has(pattern) ? "read" : null;
  const isRead = method === "GET" || method === "HEAD";
  return isRead && areas.some((area) => pattern === area || pattern.startsWith(`${area}/`)) ? "read" : null;
}

export const mayOpen = ({ mayRegister }: Pick<ApiKey, "mayRegister">, method: string, pattern: string) => {
  const access = keyAccess(method, pattern);
  return access === "read" || (access === "register" && mayRegister);
};
