/**
 * Asks a real server for every route that it describes, as every role and signed out, with values as
 * described and with hostile ones, on SQLite and on PostgreSQL. Ends with 1 when an answer is a 500,
 * or is not what the description says.
 *
 * npm run bench:fuzz -- [requests on each database] [seed]
 */
import { Validator } from "@seriousme/openapi-schema-validator";
import * as z from "zod";
import { roles } from "#contract/staff.ts";
import { hasPostgres, startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { type Asked, type Caller, type Description, requestOf, routesOf } from "./fuzz/requests.ts";
import { createRandom } from "./fuzz/values.ts";

const [count = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const atOnce = 8;
const callers: readonly Caller[] = [...roles, "nobody"];

interface Finding {
  what: string;
  asked: Asked;
  text: string;
}

async function fuzz(name: string, env: Record<string, string>): Promise<number> {
  const server = await startServer({ ROUNDS_PER_SECOND: "0", ...env });
  const { url } = server;
  const cookies = new Map<Caller, string>();
  const signIn = async (role: Caller) => {
    if (role === "nobody") return;
    const answer = await fetch(`${url}/api/auth/demo/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ role }),
    });
    const lines = answer.headers.getSetCookie();
    cookies.set(role, lines.map((line) => line.split(";")[0]).join("; "));
  };
  for (const caller of callers) await signIn(caller);
  const ask = (path: string, init: RequestInit = {}, caller: Caller = "administrator") =>
    fetch(url + path, {
      ...init,
      headers: { ...init.headers, origin: url, cookie: cookies.get(caller) ?? "" },
    });

  const validator = new Validator();
  await validator.validate((await (await ask("/api/openapi.json")).json()) as Record<string, unknown>);
  const routes = routesOf(validator.resolveRefs() as unknown as Description);
  const search = await ask("/api/patients/search", {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  const { rows } = z
    .object({ rows: z.array(z.object({ id: z.string(), partnerUid: z.string() })) })
    .parse(await search.json());
  const serials = ["P225043056", "P225043060", "P225043081", "P225043070", "P225043087"];
  const known = [...rows.slice(0, 8).flatMap(({ id, partnerUid }) => [id, partnerUid]), ...serials];

  const schemas = new Map<object, z.ZodType>();
  const check = (schema: object, body: unknown) => {
    const parser = schemas.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    schemas.set(schema, parser);
    return parser.safeParse(body);
  };

  const random = createRandom(seed);
  const findings: Finding[] = [];
  const statuses = new Map<number, number>();
  const timesMs: { ms: number; what: string }[] = [];

  async function judge(asked: Asked): Promise<void> {
    const startMs = performance.now();
    const answer = await ask(asked.url, asked.init, asked.caller).catch((error: Error) => error);
    if (answer instanceof Error)
      return void findings.push({ what: "no answer", asked, text: String(answer.cause) });
    const text = await answer.text();
    const { status } = answer;
    timesMs.push({
      ms: performance.now() - startMs,
      what: `${asked.route.method} ${asked.route.path} ${status}`,
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const find = (what: string) => findings.push({ what, asked, text: text.slice(0, 300) });
    if (status === 500) return void find("500");
    // Its own session may be among those that a request has ended.
    if (status === 401 && asked.caller !== "nobody") await signIn(asked.caller);
    const { responses } = asked.route.operation;
    const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    const described = (responses[String(status)] ?? responses.default)?.content ?? {};
    const schema = described[type]?.schema;
    if (!schema) return void find(`${status} as ${type || "nothing"} is not described`);
    const checked = check(schema, JSON.parse(text));
    if (!checked.success) find(`${status} is not as described: ${z.prettifyError(checked.error)}`);
  }

  let asked = 0;
  const work = async () => {
    while (asked < count) {
      const route = routes[asked % routes.length];
      const caller = callers[Math.floor(asked / routes.length) % callers.length];
      asked += 1;
      if (route && caller) await judge(requestOf(route, caller, random, known));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const memory = await ask("/healthz");
  await server.stop();

  timesMs.sort((a, b) => b.ms - a.ms);
  const at = (share: number) => Math.round(timesMs[Math.floor(timesMs.length * (1 - share))]?.ms ?? 0);
  console.log(
    `${name}: ${timesMs.length} requests of ${routes.length} routes, seed ${seed}; alive after: ${memory.ok}`,
  );
  console.log(
    `  answers: ${[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, n]) => `${status} × ${n}`)
      .join(", ")}`,
  );
  console.log(
    `  ms: p50 ${at(0.5)}, p99 ${at(0.99)}; slowest ${timesMs
      .slice(0, 5)
      .map(({ ms, what }) => `${Math.round(ms)} (${what})`)
      .join(", ")}`,
  );
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const kind = `${finding.asked.route.method} ${finding.asked.route.path}: ${finding.what}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
  }
  for (const [kind, of] of kinds) {
    const [first] = of;
    console.log(`  FOUND ${of.length} × ${kind}`);
    console.log(
      `    ${first?.asked.caller} ${first?.asked.url.slice(0, 160)} ${String(first?.asked.init.body ?? "").slice(0, 200)}`,
    );
    console.log(`    ${first?.text}`);
  }
  return findings.length;
}

let found = await fuzz("SQLite", {});
if (hasPostgres) {
  const postgres = await startPostgres();
  found += await fuzz("PostgreSQL", { DATABASE_URL: postgres.url });
  await postgres.stop();
}
if (found > 0) process.exitCode = 1;
