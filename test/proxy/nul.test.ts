import { expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { csvOf } from "#test/proxy/imports/clinic.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld } from "#test/support/world.ts";

/** U+0000, and half of a character. */
const unstorable = ["x\0y", "x\ud800y"];
const place = { region: "SE", timeZone: "Europe/Stockholm" };
const password = "correct horse battery";

/** Bodies with this in each text that is kept, looked for, or handed on. */
const bodiesWith = (bad: string): [method: string, path: string, body: object][] => [
  ["POST", "/api/patients", { partnerUid: bad, name: "X", ...place }],
  ["POST", "/api/patients", { partnerUid: "x", name: bad, ...place }],
  ["POST", "/api/patients/search", { q: bad }],
  ["POST", "/api/patients/search", { q: "x", filter: { tag: bad } }],
  ["POST", "/api/patients/lookup", { partnerUid: bad }],
  ["PATCH", "/api/patients/:patient", { name: bad }],
  ["PATCH", "/api/patients/:patient", { tags: [bad] }],
  ["PATCH", "/api/patients/:patient", { careTeam: [bad] }],
  ["PATCH", "/api/patients/:patient", { targets: "pregnancy", targetsReason: bad }],
  ["PATCH", "/api/patients/:patient", { tags: [], from: { name: bad } }],
  ["PUT", "/api/patients/:patient/merged-into", { into: bad }],
  ["PUT", "/api/patients/:patient/hand-over", { to: { staffId: bad } }],
  ["POST", "/api/patients/:patient/notes", { text: bad }],
  ["POST", "/api/devices/states", { serials: [bad] }],
  ["POST", "/api/audit/events", { event: "patients.print", subject: bad }],
  ["POST", "/api/invitations", { name: bad, email: "x@clinic.example", role: "support" }],
  ["POST", "/api/invitations", { name: "X", email: `${bad}@clinic.example`, role: "support" }],
  ["POST", "/api/invitations/look", { token: bad }],
  ["POST", "/api/invitations/accept", { token: bad, password }],
  ["POST", "/api/invitations/accept", { token: "none", password: `${password}${bad}` }],
  ["PUT", "/api/account/password", { password: bad, next: password }],
  ["POST", "/api/account/second-factor", { password: bad }],
  ["POST", "/api/auth/sign-in/email", { email: `${bad}@clinic.example`, password }],
  ["POST", "/api/auth/sign-in/email", { email: "a@clinic.example", password: bad }],
  ["POST", "/api/auth/two-factor/verify-totp", { code: bad }],
  ["POST", "/api/auth/demo/sign-in", { role: bad }],
];

const paths = [
  ...[
    "",
    "/merged",
    "/summary",
    "/ranges",
    "/readings?start=1&end=2",
    "/review",
    "/snooze",
    "/hand-over",
    "/notes",
  ].map((end) => `/api/patients/x%00y${end}`),
  "/api/patients/:patient/notes/x%00y",
  "/api/patients/:patient/notes?before=1_x%00y",
  ...["", "/journey", "/readings"].map((end) => `/api/devices/P22%00${end}`),
  ...["", "/rows", "/rows?outcome=x%00y"].map((end) => `/api/imports/x%00y${end}`),
  ...["", "/rows", "/rows?show=x%00y"].map((end) => `/api/look-ups/x%00y${end}`),
  ...["actor", "action", "subject", "outcome", "address", "before"].map((name) => `/api/audit?${name}=x%00y`),
  "/api/staff/x%00y",
  "/api/invitations/x%00y",
  "/api/account/sessions/x%00y",
  "/api/auth/x%00y",
  "/api/x%00y",
];

onBothDatabases((open) => {
  test("what no database keeps is refused in words wherever it comes in, and nothing has been done by then", async () => {
    const world = await createWorld({ database: await open() });
    const { patient } = await world.proxy.registerPatient({ partnerUid: "whole", name: "Whole", ...place });
    const registered = () => world.sandbox.requests.filter(({ path }) => path.endsWith("/register")).length;
    const before = registered();
    const cookie = await world.signIn("administrator");
    const seen: [string, number][] = [];
    const ask = async (what: string, path: string, init: RequestInit) => {
      const answer = await world.request(path.replace(":patient", patient.id), { ...init, cookie });
      seen.push([what, answer.status]);
      return answer;
    };
    const headers = { "content-type": "application/json" };
    for (const [method, path, body] of unstorable.flatMap(bodiesWith)) {
      const text = JSON.stringify(body);
      const answer = await ask(`${method} ${path} ${text}`, path, { method, headers, body: text });
      if (path.startsWith("/api/auth") || answer.ok) continue;
      expect(problem.parse(await answer.json()).status).toBe(answer.status);
    }
    expect(registered()).toBe(before);
    for (const path of paths)
      for (const method of ["GET", "DELETE", "PATCH", "PUT", "POST"]) {
        const body = method === "GET" ? {} : { body: "{}" };
        await ask(`${method} ${path}`, path, { method, headers, ...body });
      }
    const csv = { "content-type": "application/octet-stream" };
    for (const [name, content] of [
      ["x%00y", csvOf("file", 1)],
      ["a.csv", "id,name\nx\0y,X"],
      ["a.csv", "id,name\nx-1,x\0y"],
    ] as const)
      await ask(`file ${name}`, "/api/imports", {
        method: "POST",
        headers: { ...csv, "x-file-name": name },
        body: content,
      });
    for (const bad of [`${cookie}%00`, "trendline.session_token=x%00y.z", "a=%00"])
      seen.push([bad, (await world.request("/api/patients/facets", { cookie: bad })).status]);

    expect(seen.filter(([, status]) => status >= 500)).toEqual([]);
    expect(seen.filter(([what, status]) => status < 400 && /\\u(0000|d800)/.test(what))).toEqual([]);
    const kept = await world.request(`/api/patients/${patient.id}`, { cookie });
    expect(await kept.json()).toEqual(patient);
    await world.close();
  });
});
