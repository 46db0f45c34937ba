import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { usualScopes } from "#contract/receivers.ts";
import { patientSubmissions } from "#contract/submissions.ts";
import { startCgmReceiver } from "#test/support/cgm-receiver.ts";
import { hasPostgres, startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { callAt, post, shared, signInAt } from "./replicas/clinic.ts";
import { openPlatform } from "./replicas/platform.ts";

test.each([
  ["SQLite", false],
  ["PostgreSQL", true],
])(
  "on %s a server that dies with a bundle under way leaves it to the next one, and the record has all of it once",
  async (_, onPostgres) => {
    if (onPostgres && !hasPostgres) return;
    const postgres = onPostgres ? await startPostgres() : null;
    const dataDir = mkdtempSync(join(tmpdir(), "trendline-submissions-"));
    const platform = await openPlatform(1);
    const env = {
      ...shared(postgres?.url ?? ""),
      ...platform.env(0),
      DATA_DIR: dataDir,
    };
    const first = await startServer(env);
    let address = first.url;
    const record = await startCgmReceiver(async () => {
      const answer = await fetch(`${address}/.well-known/jwks.json`);
      return (await answer.json()) as { keys: Record<string, unknown>[] };
    });
    const cookie = await signInAt(first.url);
    const call = callAt(first.url, cookie);
    const [person] = platform.sandbox.cohort;
    if (!person) throw new Error("the sandbox has no people");
    const { partnerUid, name, region, timeZone } = person;
    const registered = await call("/api/patients", post({ partnerUid, name, region, timeZone }));
    const { id } = (await registered.json()) as { id: string };
    const named = await call(
      "/api/receivers",
      post({
        name: "Hospital record",
        baseUrl: record.baseUrl,
        tokenUrl: null,
        clientId: record.clientId,
        scopes: usualScopes,
        patientSystem: null,
      }),
    );
    const { receivers } = (await named.json()) as { receivers: { id: string }[] };
    // It takes the bundle, and its answer never comes.
    record.moods.push({ kind: "forgets" });
    const asked = { receiverId: receivers[0]?.id, days: "14", language: "en", unit: "mmol/L", paper: "a4" };
    const sent = await call(`/api/patients/${id}/submissions`, post(asked));
    expect(sent.status).toBe(201);
    await record.isHeld.promise;
    const taken = record.kept.size;
    expect(taken).toBeGreaterThan(10);
    await first.kill();

    const second = await startServer(env);
    address = second.url;
    const there = callAt(second.url, cookie);
    const latest = async () =>
      patientSubmissions.parse(await (await there(`/api/patients/${id}/submissions`)).json()).submissions[0];
    await expect.poll(async () => (await latest())?.state, { interval: 50 }).toBe("done");
    const done = await latest();
    expect(done?.attempts).toBe(2);
    expect(done?.entries.map(({ status }) => status)).toEqual(Array(taken).fill(200));
    expect(record.kept.size).toBe(taken);
    expect(record.bundles).toHaveLength(2);
    await second.stop();
    await record.stop();
    await platform.stop();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true });
  },
);
