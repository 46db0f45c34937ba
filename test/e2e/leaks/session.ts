import { tokenOf } from "#test/support/colleague.ts";
import type { RunningServer } from "#test/support/server.ts";
import type { WatchedPlatform } from "./platform.ts";

export interface Answer {
  name: string;
  status: number;
  headers: string;
  body: string;
}

export interface Person {
  email: string;
  password: string;
}

export const patients = [
  // One of the sandbox's people, so that there are readings.
  { partnerUid: "clinic-0009", name: "Zerlina Quackenbush" },
  { partnerUid: "uid-zq-2", name: "Ottokar Wirbelwind" },
  { partnerUid: "uid-zq-3", name: "欧阳紫薇薇" },
];
const [patient, inFile] = patients.map((one) => ({ ...one, region: "CN", timeZone: "Asia/Shanghai" }));

const faults = [
  { kind: "latency", ms: 20, count: 1 },
  // Before the faults that have the platform left alone, and however often it is asked.
  { kind: "http", status: 429 },
  { kind: "http", status: 500, count: 3 },
  { kind: "html", count: 3 },
  { kind: "cut", count: 3 },
  { kind: "malformed", count: 3 },
  { kind: "unauthorized", count: 3 },
  { kind: "refused", count: 1 },
  { kind: "business", code: 5003, msg: "quota exceeded", count: 1 },
  { kind: "bad-records", count: 1 },
  { kind: "outage", count: 3 },
  { kind: "expired-tokens" },
] as const;

/** A day at the clinic, good and bad, as fast as it goes. Answers with everything that came back. */
export async function runSession(
  server: RunningServer,
  platform: WatchedPlatform,
  { admin, support, metricsToken }: { admin: Person; support: Person; metricsToken: string },
): Promise<{ answers: Answer[]; cookies: string[] }> {
  const answers: Answer[] = [];
  const cookies: string[] = [];

  async function ask(path: string, init: RequestInit & { cookie?: string } = {}): Promise<Answer> {
    const { cookie, ...rest } = init;
    const headers = new Headers({ origin: server.url, ...(cookie ? { cookie } : {}) });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await fetch(server.url + path, { ...rest, headers });
    const set = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
    cookies.push(...set.map((pair) => pair.slice(pair.indexOf("=") + 1)).filter((value) => value));
    const entries = [...response.headers].filter(([name]) => name !== "set-cookie");
    const answer = {
      name: `${init.method ?? "GET"} ${path}`,
      status: response.status,
      headers: entries.map(([name, value]) => `${name}: ${value}`).join("\n"),
      body: await response.text(),
    };
    answers.push(answer);
    return { ...answer, headers: set.join("; ") };
  }
  const post = (path: string, body: unknown, cookie?: string, method = "POST") =>
    ask(path, {
      method,
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      cookie,
    });
  const idOf = ({ body }: Answer) => (JSON.parse(body) as { id: string }).id;

  const { headers: cookie } = await post("/api/auth/sign-in/email", admin);
  await post("/api/auth/sign-in/email", { ...admin, password: `${admin.password}-not` });
  const invited = { name: "Support", role: "support", email: support.email };
  const { link } = JSON.parse((await post("/api/invitations", invited, cookie)).body) as { link: string };
  await post("/api/invitations/accept", { token: tokenOf(link), password: support.password });
  const { headers: supportCookie } = await post("/api/auth/sign-in/email", support);

  const id = idOf(await post("/api/patients", patient, cookie));
  const now = Date.now();
  const readings = (days: number) =>
    ask(`/api/patients/${id}/readings?start=${now - days * 86_400_000}&end=${now}`, { cookie });
  await readings(1);
  await ask(`/api/patients/${id}/summary`, { cookie });
  await ask(`/api/patients/${id}/ranges`, { cookie });
  await post("/api/patients/search", { q: "Zerlina" }, cookie);
  await post("/api/patients/search", { q: "Zerlina", limit: "none" }, cookie);
  await post("/api/patients/lookup", { partnerUid: patient?.partnerUid }, cookie);
  await ask(`/api/patients/${id}`, { cookie: supportCookie });
  await post(`/api/patients/${id}/hand-over`, { to: { role: "support" } }, cookie, "PUT");
  await post("/api/worklist/devices", { q: "Zerlina" }, supportCookie);
  await post(`/api/worklist/devices/${id}/review`, {}, supportCookie);
  await post(`/api/patients/${id}`, { targets: "none", name: patient?.name }, cookie, "PATCH");
  await post("/api/patients", `{"name": "${patient?.name}",`, cookie);
  await post("/api/patients", { ...patient, partnerUid: "x".repeat(200_000) }, cookie);
  await ask("/api/patients", { method: "POST", cookie, headers: { origin: "https://evil.example" } });
  await ask(`/api/none/${patient?.name}`, { cookie });
  const file = await ask("/api/imports", {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: `id,name\n${inFile?.partnerUid},${inFile?.name}\n,${patients[2]?.name}\n`,
    cookie,
  });
  await ask(`/api/imports/${idOf(file)}/start`, { method: "POST", cookie });
  for (const serial of ["P225043073", "P225043060", "P225043061", "none"]) {
    await ask(`/api/devices/${serial}`, { cookie: supportCookie });
    await ask(`/api/devices/${serial}/journey`, { cookie: supportCookie });
    await ask(`/api/devices/${serial}/readings`, { cookie: supportCookie });
    await ask(`/api/devices/${serial}/readings`, { cookie });
  }
  // Each on a sensor and a range of its own, so that no kept answer spares the platform the question.
  for (const [i, fault] of faults.entries()) {
    platform.inject(fault);
    await Promise.all([ask(`/api/devices/P2250430${50 + i}`, { cookie }), readings(2 + i)]);
    await fetch(`${platform.apiUrl}/sandbox/faults`, { method: "DELETE" });
  }
  for (const path of [
    "/api/about",
    "/api/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/",
    "/patients/x",
  ])
    await ask(path, { headers: { accept: "text/html" } });
  await ask("/metrics", { headers: { authorization: `Bearer ${metricsToken}x` } });
  await ask("/metrics", { headers: { authorization: `Bearer ${metricsToken}` } });
  await ask(`/api/imports/${idOf(file)}/rows`, { cookie });
  await post("/api/auth/sign-out", {}, supportCookie);
  return { answers, cookies };
}
