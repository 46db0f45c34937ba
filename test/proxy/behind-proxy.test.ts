import { expect, onTestFinished, test, vi } from "vitest";
import { createWorld, json, type World } from "#test/support/world.ts";

const publicUrl = "https://trendline.clinic.example";
/** As a proxy that ends TLS passes it on: plain HTTP, under the name the browser asked for. */
const inside = "http://trendline.clinic.example";
const proxyAddress = "10.0.0.2";

const behindTls = () => createWorld({ publicUrl, trustedProxies: [proxyAddress] });

const send = (
  { proxy }: World,
  path: string,
  { peer = proxyAddress, ...headers }: Record<string, string>,
  body: object,
) => {
  const init = json(body);
  const all = { origin: publicUrl, ...(init.headers as object), ...headers };
  return proxy.fetch(new Request(inside + path, { ...init, headers: all }), peer);
};

const signIn = (world: World, headers: Record<string, string>) =>
  send(world, "/api/auth/demo/sign-in", headers, { role: "clinician" });

test("behind TLS the public address is ours, and its cookies are for TLS only", async () => {
  const world = await behindTls();
  const answer = await signIn(world, {});
  expect(answer.status).toBe(200);
  const cookies = answer.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).toMatch(/; HttpOnly/i);
  }
  await world.close();
});

test.each([
  ["the same name without TLS", { origin: inside }],
  [
    "another site that forges forwarding headers",
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  ],
  ["this machine, asked for by another name", { origin: "http://localhost:4173" }],
])("behind TLS %s is not our origin", async (_, headers) => {
  const world = await behindTls();
  const cookies = (await signIn(world, {})).headers.getSetCookie();
  const cookie = cookies.map((line) => line.split(";")[0]).join("; ");
  expect((await send(world, "/api/patients/search", { cookie }, {})).status).toBe(200);
  expect((await send(world, "/api/patients/search", { cookie, ...headers }, {})).status).toBe(403);
  await world.close();
});

test("the audit trail has the client behind our proxy, and the peer itself where it is no proxy of ours", async () => {
  const world = await behindTls();
  await signIn(world, { "x-forwarded-for": "192.0.2.99, 203.0.113.9" });
  await signIn(world, { "x-forwarded-for": "203.0.113.9", peer: "198.51.100.7" });
  await signIn(world, { "x-trendline-client-address": "192.0.2.99", peer: "198.51.100.8" });
  const rows = await world.database.db.selectFrom("audit").select("client_address").orderBy("seq").execute();
  expect(rows.map((row) => row.client_address)).toEqual(["203.0.113.9", "198.51.100.7", "198.51.100.8"]);
  await world.close();
});

test("one who guesses passwords is slowed down, and the others behind the same proxy are not", async () => {
  // Guesses are counted for a minute; passwords are slow on purpose.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const world = await behindTls();
  let guessed = 0;
  const guess = async (client: string) => {
    // Another account each time: guesses at one are counted for that account as well.
    guessed += 1;
    const body = { email: `somebody-${guessed}@clinic.example`, password: "not the password" };
    const answer = await send(world, "/api/auth/sign-in/email", { "x-forwarded-for": client }, body);
    return answer.status;
  };
  const guesses: number[] = [];
  for (let i = 0; i < 31; i += 1) guesses.push(await guess("203.0.113.9"));
  expect(guesses[0]).toBe(401);
  expect(guesses.at(-1)).toBe(429);
  expect(await guess("203.0.113.10")).toBe(401);
  await world.close();
});
