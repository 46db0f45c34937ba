import { expect, test } from "vitest";
import { createWorld, json } from "#test/support/world.ts";

const metricsToken = "m".repeat(40);
const bearer = { headers: { authorization: `Bearer ${metricsToken}` } };
const li = { partnerUid: "uid-secret-7", name: "Li Na", region: "CN", timeZone: "Asia/Shanghai" };
const serial = "P225043056";

test("there are no metrics without a token, and none for whoever does not present it", async () => {
  const without = await createWorld();
  expect((await without.request("/metrics")).status).toBe(404);
  const world = await createWorld({ metricsToken });
  expect((await world.request("/metrics")).status).toBe(401);
  const wrong = { headers: { authorization: `Bearer ${metricsToken}x` } };
  expect((await world.request("/metrics", wrong)).status).toBe(401);
  const answer = await world.request("/metrics", bearer);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("requests, calls to the platform, rows of files and sign-ins are counted, and nobody is named", async () => {
  const world = await createWorld({ metricsToken });
  const cookie = await world.signIn("clinician");
  const credentials = { email: "nobody@clinic.example", password: "correct horse battery" };
  await world.request("/api/auth/sign-in/email", json(credentials));
  const { id } = (await (await world.request("/api/patients", { ...json(li), cookie })).json()) as {
    id: string;
  };
  await world.request(`/api/patients/${id}`, { cookie });
  await world.request("/api/patients/facets", { cookie });
  await world.request(`/api/patients/${id}/readings?start=1&end=2`, { cookie });
  await world.request(`/api/devices/${serial}`, { cookie });
  world.sandbox.inject({ kind: "refused", count: 1 });
  await world.request("/api/devices/P225043073", { cookie });
  await world.request(`/api/patients/${id}/none/${serial}`, { cookie });
  await world.request("/wp-login.php?user=admin");
  const imported = await world.request("/api/imports", {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: "id,name,time zone\nuid-secret-8,Wang Fang,Asia/Shanghai\n",
    cookie,
  });
  const job = (await imported.json()) as { id: string };
  await world.request(`/api/imports/${job.id}/start`, { method: "POST", cookie });
  const text = async () => (await world.request("/metrics", bearer)).text();
  await expect.poll(text).toContain('trendline_import_rows_total{outcome="registered"} 1');

  const metrics = await text();
  const counted = (route: string, status: number, method = "GET") =>
    new RegExp(
      `^trendline_http_request_duration_seconds_count\\{method="${method}",route="${route}",status="${status}"\\} 1$`,
      "m",
    );
  expect(metrics).toMatch(counted("/api/patients", 201, "POST"));
  expect(metrics).toMatch(counted("/api/patients/:id", 200));
  expect(metrics).toMatch(counted("/api/patients/facets", 200));
  expect(metrics).toMatch(counted("/api/patients/:id/readings", 200));
  expect(metrics).toMatch(counted("/api/devices/:serial", 200));
  expect(metrics).toMatch(counted("/api/devices/:serial", 502));
  expect(metrics).toMatch(
    /^trendline_http_request_duration_seconds_count\{method="GET",route="unmatched",status="404"\} 2$/m,
  );
  for (const [endpoint, outcome, count] of [
    ["/partner/v1/user/register", "ok", 3],
    ["/partner/v1/device/info", "ok", 1],
    ["/partner/v1/device/info", "platform-refused", 1],
  ] as const)
    expect(metrics).toContain(
      `trendline_platform_call_duration_seconds_count{endpoint="${endpoint}",outcome="${outcome}"} ${count}\n`,
    );
  expect(metrics).toContain('trendline_sign_ins_total{outcome="ok"} 1\n');
  expect(metrics).toContain('trendline_sign_ins_total{outcome="failed"} 1\n');
  expect(metrics).toContain("trendline_platform_answering 1\n");
  expect(metrics).toContain("trendline_refresh_behind_seconds 0\n");
  const people = ["Li Na", "Wang", "uid-secret", "clinic.example", "wp-login", "198.51.100.7", job.id, id];
  for (const name of [...people, serial, "P225043073", "clinician"]) expect(metrics).not.toContain(name);
});

test("each request is one line of log, by its pattern and without anybody's data", async () => {
  const world = await createWorld({ metricsToken });
  const cookie = await world.signIn("support");
  const start = world.logLines.length;
  const answer = await world.request(`/api/devices/${serial}?note=Li+Na`, { cookie });
  const refused = await world.request("/api/patients/some-id", { cookie });
  await world.request("/healthz");
  const lines = world.logLines.slice(start).map((line) => JSON.parse(line) as Record<string, unknown>);
  const requests = lines.filter(({ msg }) => msg === "request");
  expect(requests).toMatchObject([
    { level: 30, method: "GET", route: "/api/devices/:serial", status: 200, role: "support" },
    { level: 30, method: "GET", route: "/api/patients/:id", status: 403, role: "support" },
    { level: 20, route: "/healthz", status: 200 },
  ]);
  expect(requests.map(({ requestId }) => requestId).slice(0, 2)).toEqual(
    [answer, refused].map(({ headers }) => headers.get("x-request-id")),
  );
  for (const { ms } of requests) expect(ms).toBeTypeOf("number");
  for (const name of [serial, "Li", "some-id", "198.51.100.7"])
    expect(world.logLines.slice(start).join("")).not.toContain(name);
});
