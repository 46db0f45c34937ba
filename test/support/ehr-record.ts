import { createHash, createPublicKey, randomUUID, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface RecordPatient {
  resourceType: "Patient";
  id: string;
  identifier?: {
    use?: string;
    system?: string;
    value?: string;
    period?: { start?: string; end?: string };
  }[];
  active?: boolean;
  deceasedBoolean?: boolean;
  link?: { other: { reference: string }; type: string }[];
  name?: { text: string }[];
  birthDate?: string;
}

type Path = "configuration" | "token" | "patient";

/** What is answered at a path instead of what SMART says. */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | "silent"
  | "cut"
  | "html";

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

const part = (jwt: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split(".")[index] ?? "", "base64url").toString("utf8"));

/** Whether a key of the client's key set has signed this assertion for this token address. */
function isSignedBy(keys: Record<string, unknown>[], assertion: string, clientId: string, audience: string) {
  const [header, claims] = [part(assertion, 0), part(assertion, 1)];
  const key = keys.find(({ kid }) => kid === header.kid);
  const isOurs = claims.iss === clientId && claims.sub === clientId && claims.aud === audience;
  return (
    key !== undefined &&
    isOurs &&
    verify(
      "sha384",
      Buffer.from(assertion.slice(0, assertion.lastIndexOf("."))),
      { key: createPublicKey({ key, format: "jwk" }), dsaEncoding: "ieee-p1363" },
      Buffer.from(assertion.split(".")[2] ?? "", "base64url"),
    )
  );
}

/**
 * A health record that opens apps as SMART on FHIR's EHR launch says, on a port of its own. Who sits before it has signed
 * in there; `open` is the patient on their screen.
 */
export async function startEhrRecord(redirectUrl: string) {
  const faults = new Map<Path, Fault>();
  const codes = new Map<string, { challenge: string }>();
  const tokens = new Set<string>();
  const patients = new Map<string, RecordPatient>();
  const heard: string[] = [];
  const record = {
    baseUrl: "",
    clientId: "trendline-in-the-record",
    launch: randomUUID(),
    open: "7" as unknown,
    patients,
    faults,
    /** Every request, as "POST /token". */
    heard,
    /** Instead of a code. */
    refusal: null as { error: string; error_description?: string } | null,
    /** The keys that a confidential client signs with. */
    keySet: null as (() => Promise<{ keys: Record<string, unknown>[] }>) | null,
    /** Added to what the configuration says. */
    configuration: {} as Record<string, unknown>,
    /** Added to what is answered at the token address. */
    token: {} as Record<string, unknown>,
    /** What Trendline was given. */
    tokens,
    /** The browser opens this address there, as its person would; where it is sent back to. */
    authorize: (address: string): URL => {
      const { origin, pathname, searchParams: asked } = new URL(address);
      const wanted = {
        response_type: "code",
        client_id: record.clientId,
        redirect_uri: redirectUrl,
        launch: record.launch,
        aud: record.baseUrl,
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(wanted))
        if (asked.get(name)?.replace(/\/$/, "") !== value) throw new Error(`${name} is ${asked.get(name)}`);
      if (`${origin}${pathname}` !== `${record.baseUrl}/authorize`) throw new Error(`asked at ${address}`);
      const back = new URL(redirectUrl);
      back.searchParams.set("state", asked.get("state") ?? "");
      if (record.refusal) {
        for (const [name, value] of Object.entries(record.refusal)) back.searchParams.set(name, value);
        return back;
      }
      const code = randomUUID();
      codes.set(code, { challenge: asked.get("code_challenge") ?? "" });
      back.searchParams.set("code", code);
      return back;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };

  async function refusalOf(form: URLSearchParams): Promise<string | null> {
    const code = form.get("code") ?? "";
    const begun = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (form.get("grant_type") !== "authorization_code") return "unsupported_grant_type";
    if (!begun || begun.challenge !== challenge || form.get("redirect_uri") !== redirectUrl)
      return "invalid_grant";
    if (form.get("client_id") !== record.clientId) return "invalid_client";
    if (!record.keySet) return null;
    const { keys } = await record.keySet();
    const assertion = form.get("client_assertion") ?? "..";
    const isKnown =
      assertion !== ".." && isSignedBy(keys, assertion, record.clientId, `${record.baseUrl}/token`);
    return isKnown ? null : "invalid_client";
  }

  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace(/^\/fhir/, "");
    heard.push(`${request.method} ${path}`);
    const kind: Path = path.startsWith("/.well-known")
      ? "configuration"
      : path === "/token"
        ? "token"
        : "patient";
    const fault = faults.get(kind);
    if (fault === "silent") return;
    if (fault === "cut") return void request.socket.destroy();
    if (fault === "html")
      return void response.writeHead(200, { "content-type": "text/html" }).end("<p>hello</p>");
    if (fault) return void json(response, fault.status, fault.body ?? {}, fault.headers);
    if (kind === "configuration")
      return void json(response, 200, {
        authorization_endpoint: `${record.baseUrl}/authorize`,
        token_endpoint: `${record.baseUrl}/token`,
        code_challenge_methods_supported: ["S256"],
        capabilities: ["launch-ehr", "client-public", "context-ehr-patient"],
        ...record.configuration,
      });
    if (kind === "token") {
      const error = await refusalOf(new URLSearchParams(await text(request)));
      if (error) return void json(response, 400, { error });
      const token = randomUUID();
      tokens.add(token);
      const answer = {
        access_token: token,
        token_type: "Bearer",
        expires_in: 300,
        patient: record.open,
        ...record.token,
      };
      return void json(response, 200, answer);
    }
    const isKnown = tokens.has((request.headers.authorization ?? "").replace("Bearer ", ""));
    const patient = patients.get(path.replace("/Patient/", ""));
    if (!isKnown || !patient)
      return void json(response, isKnown ? 404 : 401, { resourceType: "OperationOutcome", issue: [] });
    return void json(response, 200, patient);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  record.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  return record;
}
