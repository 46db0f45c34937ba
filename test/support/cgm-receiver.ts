import { createPublicKey, randomUUID, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Identifier {
  system?: string;
  value?: string;
  use?: string;
  period?: { start?: string; end?: string };
}
export interface Resource {
  resourceType: string;
  id?: string;
  identifier?: Identifier[];
  birthDate?: string;
  active?: boolean;
  deceasedBoolean?: boolean;
  link?: { other: { reference: string }; type: string }[];
}
interface Entry {
  fullUrl?: string;
  resource?: Resource;
  request?: { method?: string; url?: string; ifNoneExist?: string };
}
export interface Bundle {
  resourceType?: string;
  type?: string;
  timestamp?: string;
  entry?: Entry[];
}

/** How the next bundle is answered; as the guide says where nothing is said. */
type Mood =
  | { kind: "busy"; retryAfter: string }
  | { kind: "html" }
  | { kind: "broken" }
  | { kind: "silent" }
  | { kind: "refuses" }
  | { kind: "moved"; to: string }
  | { kind: "half" }
  /** Every entry is answered with this status. */
  | { kind: "all"; status: string }
  | { kind: "forgets" };

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  response
    .writeHead(status, { "content-type": "application/fhir+json", ...headers })
    .end(JSON.stringify(body));

const outcome = (diagnostics: string) => ({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: "invalid", diagnostics }],
});

const part = (jwt: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split(".")[index] ?? "", "base64url").toString("utf8"));

/**
 * A health record's server that takes bundles as the CGM guide says, on a port of its own. It knows us by the keys that `keySet`
 * answers, and keeps what it takes by its identifiers.
 */
export async function startCgmReceiver(keySet: () => Promise<{ keys: Record<string, unknown>[] }>) {
  const kept = new Map<string, Resource>();
  const tokens = new Set<string>();
  const usedAssertions = new Set<string>();
  const moods: Mood[] = [];
  const bundles: Bundle[] = [];
  const heard: string[] = [];
  const receiver = {
    clientId: "trendline-at-the-record",
    baseUrl: "",
    /** Oldest first. */
    bundles,
    /** Every request, as "POST /token". */
    heard,
    moods,
    kept,
    hasOperation: true,
    fhirVersion: "4.0.1",
    /** Answers a search with everybody there. */
    ignoresIdentifiers: false,
    forbidsSearches: false,
    /** Added to what is answered to a search. */
    searchset: {} as Record<string, unknown>,
    /** Added to what is answered at the token address. */
    token: {} as Record<string, unknown>,
    /** Resolves when a bundle has come that is left without an answer. */
    isHeld: Promise.withResolvers<void>(),
    keep: (resource: Resource) => {
      const id = randomUUID();
      kept.set(`${resource.resourceType}/${id}`, { ...resource, id });
      return id;
    },
    forgetTokens: () => tokens.clear(),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };

  /** RFC 7523, as SMART Backend Services has it. */
  async function refusalOf(form: URLSearchParams, audience: string): Promise<string | null> {
    const assertion = form.get("client_assertion") ?? "";
    if (form.get("grant_type") !== "client_credentials") return "unsupported_grant_type";
    if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
      return "invalid_request";
    const [header, claims] = [part(assertion, 0), part(assertion, 1)];
    const key = (await keySet()).keys.find(({ kid }) => kid === header.kid);
    if (!key || header.alg !== "ES384" || header.typ !== "JWT") return "invalid_client";
    const [signed, signature = ""] = [
      assertion.slice(0, assertion.lastIndexOf(".")),
      assertion.split(".")[2],
    ];
    const isSigned = verify(
      "sha384",
      Buffer.from(signed),
      { key: createPublicKey({ key, format: "jwk" }), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    const { iss, sub, aud, exp, jti } = claims;
    const seconds = Date.now() / 1000;
    const isCurrent = typeof exp === "number" && exp > seconds && exp <= seconds + 300;
    const isOurs = iss === receiver.clientId && sub === receiver.clientId && aud === audience;
    if (!isSigned || !isCurrent || !isOurs || usedAssertions.has(String(jti))) return "invalid_client";
    usedAssertions.add(String(jti));
    return /system\/Observation\.\w*c/.test(form.get("scope") ?? "") ? null : "invalid_scope";
  }

  const identified = (type: string, system: string, value: string) =>
    [...kept].filter(
      ([, one]) =>
        one.resourceType === type &&
        one.identifier?.some((own) => (own.system ?? "") === system && own.value === value),
    );

  function answerFor(
    { resource, request }: Entry,
    references: ReadonlyMap<string, string>,
    isRefused: boolean,
  ) {
    const refuse = (status: string, why: string) => ({ response: { status, outcome: outcome(why) } });
    const [system = "", value = ""] = request?.ifNoneExist?.replace("identifier=", "").split("|") ?? [];
    if (!resource || request?.method !== "POST" || request.url !== resource.resourceType)
      return refuse("400 Bad Request", "not a POST of its own type");
    if (!resource.identifier?.some((own) => own.system === system && own.value === value))
      return refuse("400 Bad Request", "ifNoneExist names no identifier of the resource");
    const [there] = identified(resource.resourceType, system, value);
    if (there) return { response: { status: "200 OK", location: there[0] } };
    if (isRefused) return refuse("422 Unprocessable Entity", "A value of 8.3 mmol/L is out of bounds");
    let told = JSON.stringify(resource);
    for (const [from, to] of references) told = told.replaceAll(`"${from}"`, `"${to}"`);
    for (const [, reference = ""] of told.matchAll(/"reference":"([^"]+)"/g)) {
      const [type = "", query] = reference.split("?identifier=");
      const isKnown = query
        ? identified(type, ...(query.split("|") as [string, string])).length === 1
        : kept.has(reference) || [...references.values()].includes(reference);
      if (!isKnown) return refuse("422 Unprocessable Entity", `there is no ${reference}`);
    }
    const address = references.get(`of ${resource.resourceType} ${value}`) ?? "";
    kept.set(address, JSON.parse(told));
    return { response: { status: "201 Created", location: `${receiver.baseUrl}/${address}/_history/1` } };
  }

  const allWith = ({ entry = [] }: Bundle, status: string) => ({
    resourceType: "Bundle",
    type: "transaction-response",
    entry: entry.map(() => ({ response: { status } })),
  });

  function takeBundle(bundle: Bundle, isHalf: boolean) {
    const references = new Map<string, string>();
    for (const { fullUrl = "", resource } of bundle.entry ?? []) {
      const type = resource?.resourceType ?? "";
      const own = resource?.identifier?.map(
        ({ system = "", value = "" }) => identified(type, system, value)[0],
      );
      const address = own?.find((one) => one !== undefined)?.[0] ?? `${type}/${randomUUID()}`;
      references.set(fullUrl, address);
      for (const { value } of resource?.identifier ?? []) references.set(`of ${type} ${value}`, address);
    }
    return {
      resourceType: "Bundle",
      type: "transaction-response",
      entry: (bundle.entry ?? []).map((entry, i) => answerFor(entry, references, isHalf && i % 2 === 1)),
    };
  }

  async function submit(body: string, response: ServerResponse): Promise<unknown> {
    const bundle = JSON.parse(body) as Bundle;
    bundles.push(bundle);
    const mood = moods.shift();
    if (mood?.kind === "busy")
      return json(response, 429, outcome("Too many"), { "retry-after": mood.retryAfter });
    if (mood?.kind === "html")
      return response.writeHead(200, { "content-type": "text/html" }).end("<h1>It works!</h1>");
    if (mood?.kind === "broken") return response.writeHead(503).end();
    if (mood?.kind === "silent") return receiver.isHeld.resolve();
    if (mood?.kind === "moved") return response.writeHead(307, { location: mood.to }).end();
    if (mood?.kind === "refuses") return json(response, 422, outcome("This patient is closed"));
    if (bundle.type !== "transaction" || !bundle.timestamp)
      return json(response, 400, outcome("no transaction"));
    if (mood?.kind === "all") return json(response, 200, allWith(bundle, mood.status));
    const answer = takeBundle(bundle, mood?.kind === "half");
    if (mood?.kind === "forgets") {
      receiver.isHeld.resolve();
      return undefined;
    }
    return json(response, 200, answer);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { method = "", url = "", headers } = request;
    heard.push(`${method} ${url}`);
    const body = await text(request);
    const origin = `http://127.0.0.1:${port}`;
    if (url === "/fhir/.well-known/smart-configuration")
      return json(response, 200, { token_endpoint: `${origin}/token` });
    if (url === "/fhir/metadata")
      return json(response, 200, {
        resourceType: "CapabilityStatement",
        fhirVersion: receiver.fhirVersion,
        rest: [{ mode: "server", operation: receiver.hasOperation ? [{ name: "submit-cgm-bundle" }] : [] }],
      });
    if (url === "/token") {
      const refusal = await refusalOf(new URLSearchParams(body), `${origin}/token`);
      if (refusal) return json(response, 400, { error: refusal, error_description: "Not like this" });
      const token = randomUUID();
      tokens.add(token);
      const given = { access_token: token, token_type: "bearer", expires_in: 300, ...receiver.token };
      return json(response, 200, given);
    }
    if (!tokens.has(headers.authorization?.replace("Bearer ", "") ?? ""))
      return json(response, 401, outcome("no such token"));
    if (url === "/fhir/Patient/_search") {
      const [system = "", value = ""] = new URLSearchParams(body).get("identifier")?.split(/(?<!\\)\|/) ?? [];
      if (receiver.forbidsSearches) return json(response, 403, outcome("no reading"));
      const all = [...kept].filter(([, one]) => one.resourceType === "Patient");
      const found = receiver.ignoresIdentifiers
        ? all
        : identified("Patient", system, value.replace(/\\(.)/g, "$1"));
      const entry = found.map(([, resource]) => ({ resource }));
      return json(response, 200, { resourceType: "Bundle", type: "searchset", entry, ...receiver.searchset });
    }
    if (url === "/fhir/$submit-cgm-bundle") return submit(body, response);
    return json(response, 404, outcome("nothing here"));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  receiver.baseUrl = `http://127.0.0.1:${port}/fhir`;
  return receiver;
}
