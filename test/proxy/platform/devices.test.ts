import { expect, test } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { createScriptedPlatform, type Script, wireRecord } from "#test/support/platform.ts";

const dayMs = 24 * 3_600_000;

const codeOf = (error: unknown) => (error instanceof Failure ? error.code : error);

/** The service user is registered and has a token; `rest` answers the other calls. */
const withServiceUser = (rest: Script) => {
  const world = createScriptedPlatform(rest);
  world.serviceUsers.set("service", "ou_service");
  for (const openId of ["ou_service", "ou_1"])
    world.tokens.set(openId, { accessToken: `token of ${openId}`, expiresAtMs: world.now() + dayMs });
  return world;
};

const notFound = { code: 3002, msg: "user not found", data: {} };

test("a platform that does not know our service user is not taken for an unknown device", async () => {
  const unknownUser = createScriptedPlatform(() => notFound);
  expect(await unknownUser.platform.deviceInfo("P1").catch(codeOf)).toBe("platform-error");
  unknownUser.serviceUsers.set("service", "ou_forgotten");
  expect(await unknownUser.platform.deviceInfo("P1").catch(codeOf)).toBe("platform-error");
  expect(unknownUser.calls.map(({ path }) => path)).toEqual(["/user/register", "/user/token"]);
});

test("a wrong address that answers 404 to everything is not taken for an unknown device", async () => {
  const world = createScriptedPlatform(() => new Response("<h1>404</h1>", { status: 404 }));
  expect(await world.platform.deviceInfo("P1").catch(codeOf)).toBe("platform-malformed");
});

test("a refusal stays a refusal, whatever the HTTP status it comes with", async () => {
  const world = withServiceUser(() => Response.json({ code: 1002, msg: "denied" }, { status: 404 }));
  expect(await world.platform.deviceInfo("P1").catch(codeOf)).toBe("platform-refused");
});

test("a device the wearer's token does not find either is unknown", async () => {
  const world = withServiceUser(({ bearer }) =>
    bearer === "token of ou_service" ? { code: 1002, msg: "denied" } : { code: 3001, msg: "设备不存在" },
  );
  world.owners.set("P1", "ou_1");
  expect(await world.platform.deviceInfo("P1").catch(codeOf)).toBe("device-unknown");
});

test("a device first seen among a patient's readings is asked for as that patient", async () => {
  const world = withServiceUser(({ path, bearer, query }) => {
    if (path === "/user/glucose") return { open_id: "ou_1", records: [wireRecord({ device_sn: "P7" })] };
    if (bearer === "token of ou_service") return { code: 1002, msg: "denied" };
    return { device_sn: query.device_sn, status: 2 };
  });
  expect(await world.platform.deviceInfo("P7").catch(codeOf)).toBe("platform-refused");
  await world.platform.userReadings("ou_1", world.now() - dayMs, world.now());
  await expect(world.platform.deviceInfo("P7")).resolves.toMatchObject({ serial: "P7", statusCode: 2 });
});

test("what a device is, is asked for once a minute, and again at once after a failure", async () => {
  let broken = true;
  const world = withServiceUser(({ query }) =>
    broken ? { code: 5003, msg: "quota" } : { device_sn: query.device_sn, status: 0 },
  );
  const look = () => world.platform.deviceInfo("P1").catch(codeOf);
  expect(await look()).toBe("platform-error");
  broken = false;
  await Promise.all(Array.from({ length: 100 }, look));
  world.advance(59_000);
  await look();
  expect(world.calls).toHaveLength(2);
  world.advance(2_000);
  await look();
  expect(world.calls).toHaveLength(3);
});

test("an answer about another device is refused", async () => {
  const world = withServiceUser(() => ({ device_sn: "P2", status: 2 }));
  expect(await world.platform.deviceInfo("P1").catch(codeOf)).toBe("platform-malformed");
});

test("a device's readings up to 30 days are asked for with times, more of them as all its history", async () => {
  const world = withServiceUser(() => ({
    open_id: null,
    records: [
      wireRecord({ measured_at: world.now() - 100 * dayMs }),
      wireRecord({ measured_at: world.now() - dayMs }),
    ],
  }));
  const endMs = world.now();
  const month = await world.platform.deviceReadings("P1", { startMs: endMs - 30 * dayMs, endMs });
  const quarter = await world.platform.deviceReadings("P1", { startMs: endMs - 90 * dayMs, endMs });
  const history = await world.platform.deviceReadings("P1");
  expect([month, quarter, history].map(({ readings }) => readings.length)).toEqual([1, 1, 2]);
  expect(world.calls.map(({ query }) => query)).toEqual([
    { device_sn: "P1", start_time: String(endMs - 30 * dayMs), end_time: String(endMs) },
    { device_sn: "P1" },
  ]);
});

test("a device without records has no readings, whether the list is empty or null", async () => {
  for (const records of [[], null]) {
    const world = withServiceUser(() => ({ open_id: "", records }));
    await expect(world.platform.deviceReadings("P1")).resolves.toMatchObject({ readings: [] });
  }
});

test("a serial in another case is still the same device", async () => {
  const world = withServiceUser(({ path }) =>
    path === "/device/info"
      ? { device_sn: "p1a", status: 2 }
      : { records: [wireRecord({ device_sn: "p1a" })] },
  );
  await expect(world.platform.deviceInfo("P1A")).resolves.toMatchObject({ statusCode: 2 });
  await expect(world.platform.deviceReadings("P1A")).resolves.toMatchObject({
    readings: [{ sensor: "p1a" }],
    leftOut: { malformed: 0 },
  });
});
