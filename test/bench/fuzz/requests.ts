import type { Role } from "#contract/staff.ts";
import { hostileText, type Random, type Schema, valueFor } from "./values.ts";

interface Content {
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}
export interface Description {
  paths: Record<string, Record<string, Operation>>;
}

export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

export const routesOf = ({ paths }: Description): Route[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

export type Caller = Role | "nobody";

export interface Asked {
  route: Route;
  url: string;
  caller: Caller;
  init: RequestInit;
}

const strangeTypes = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/json; charset=x",
  "",
  "multipart/form-data",
];

function bodyOf(route: Route, random: Random, bad: number, known: readonly string[]): RequestInit {
  if (route.path === "/api/imports" && route.method === "POST") {
    const rows = Array.from({ length: random.pick([0, 1, 3, 200]) }, (_, i) =>
      [`f-${i}`, hostileText(random), hostileText(random)].join(random.pick([",", ";", "\t"])),
    );
    const text = [random.pick(["id,name", "name", "", "编号,姓名", "sep=;"]), ...rows].join(
      random.pick(["\n", "\r\n", "\r"]),
    );
    const headers = { "content-type": "text/csv", "x-file-name": encodeURIComponent("file.csv") };
    return { headers, body: random.chance(0.2) ? Buffer.from(text, "utf16le") : text };
  }
  const schema = route.operation.requestBody?.content?.["application/json"]?.schema;
  if (!schema) return {};
  const value = JSON.stringify(valueFor(schema, random, bad, known)) ?? "";
  const broken = random.chance(bad / 2) ? value.slice(0, -1) : value;
  const type = random.chance(bad / 2) ? random.pick(strangeTypes) : "application/json";
  return { headers: { "content-type": type }, body: broken };
}

/** One request of a route, as the description has it or worse. */
export function requestOf(route: Route, caller: Caller, random: Random, known: readonly string[]): Asked {
  const bad = random.pick([0, 0, 0.1, 0.4]);
  const path = route.path.replaceAll(/\{[^}]+\}/g, () =>
    encodeURIComponent((random.chance(0.3) ? hostileText(random) : random.pick(known)).toWellFormed()),
  );
  const query = new URLSearchParams();
  for (const { in: where, name, required, schema = {} } of route.operation.parameters ?? []) {
    if (where !== "query" || (!required && random.chance(0.5)) || random.chance(bad / 4)) continue;
    const value = valueFor(schema, random, bad, known);
    query.append(name, typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
    if (random.chance(bad / 4)) query.append(name, hostileText(random));
  }
  const hasBody = route.method !== "GET";
  const init = { method: route.method, ...(hasBody ? bodyOf(route, random, bad, known) : {}) };
  return { route, caller, init, url: `${path}${query.size > 0 ? `?${query}` : ""}` };
}
