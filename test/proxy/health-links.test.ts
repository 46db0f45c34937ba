import type { DiagnosticReport, Observation, Patient } from "@medplum/fhirtypes";
import { SHLInvalidPasscodeError, SHLManifestNotFoundError, SHLViewer } from "kill-the-clipboard";
import { expect, test } from "vitest";
import {
  type HealthLinkRequest,
  healthLinkList,
  healthLinkRequest,
  linkPayload,
  mostNamedOpenings,
  newHealthLink,
} from "#contract/health-links.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import type { Database } from "#proxy/store/database.ts";
import { createHealthLinkStore } from "#proxy/store/health-links.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { fhirFaults } from "#test/support/fhir.ts";
import { readPdf } from "#test/support/pdf.ts";
import { createWorld, json } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
const asked: HealthLinkRequest = {
  days: "14",
  language: "en",
  unit: "mmol/L",
  paper: "a4",
  lifeDays: "7",
  passcode: null,
};

async function openClinic(database?: Database) {
  // The receiver that is not ours goes by the machine's clock.
  const world = await createWorld({ startMs: Date.now(), authSecret, ...(database && { database }) });
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const path = `/api/patients/${patient.id}/health-links`;
  const list = async () => healthLinkList.parse(await (await world.request(path, { cookie })).json()).links;
  const make = async (own: Partial<HealthLinkRequest> = {}) => {
    const answer = await world.request(path, { ...json({ ...asked, ...own }), cookie });
    expect([answer.status, answer.status === 201 || (await answer.text())]).toEqual([201, true]);
    const { address } = newHealthLink.parse(await answer.json());
    const shlink = address.slice(address.indexOf("#") + 1);
    return { address, shlink, payload: linkPayload.parse(JSON.parse(atob(shlink.slice("shlink:/".length)))) };
  };
  /** A receiver that we did not write, on another site. */
  const receiver = (shlinkURI: string) =>
    new SHLViewer({
      shlinkURI,
      fetch: (url, init) => {
        const { pathname, search } = new URL(url);
        const { method = "GET", body, headers } = init ?? {};
        return Promise.resolve(
          world.request(pathname + search, {
            method,
            ...(typeof body === "string" && { body }),
            headers: { ...(headers as Record<string, string>), origin: "https://elsewhere.example" },
          }),
        );
      },
    });
  const actions = async () =>
    (
      await world.database.db
        .selectFrom("audit")
        .select(["action", "actor_id", "outcome", "details"])
        .orderBy("seq")
        .execute()
    ).filter(({ action }) => action.startsWith("health-link."));
  return { world, patient, cookie, path, list, make, receiver, actions };
}

test("a receiver that is not ours opens a link: the person, the summary and the report, all by the guide", async () => {
  const { world, patient, list, make, receiver, actions } = await openClinic();
  const { shlink, payload, address } = await make();
  expect(payload.url.length).toBeLessThanOrEqual(128);
  expect(payload.flag).toBeUndefined();
  expect(payload.exp).toBe(Math.floor((world.now() + 7 * dayMs) / 1000));
  expect(address).toMatch(/\/health-link#shlink:\/[\w-]+$/);
  for (const embeddedLengthMax of [undefined, 1000]) {
    const { fhirResources } = await receiver(shlink).resolveSHL({
      recipient: "Dr. Elsewhere",
      ...(embeddedLengthMax && { embeddedLengthMax }),
    });
    const [bundle] = fhirResources;
    if (bundle?.resourceType !== "Bundle") throw new Error("no bundle came");
    expect(fhirFaults(bundle)).toEqual([]);
    const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
    for (const resource of resources) expect([resource.id, fhirFaults(resource)]).toEqual([resource.id, []]);
    const one = <T>(type: string) => resources.find(({ resourceType }) => resourceType === type) as T;
    expect(one<Patient>("Patient").name).toEqual([{ text: patient.name }]);
    expect(one<Observation>("Observation").meta?.profile?.[0]).toMatch(/cgm-summary$/);
    const [form] = one<DiagnosticReport>("DiagnosticReport").presentedForm ?? [];
    const pdf = Buffer.from(form?.data ?? "", "base64");
    expect(JSON.stringify(await readPdf(pdf))).toContain(patient.name);
  }
  const [link] = await list();
  expect(link).toMatchObject({ state: "active", openedCount: 2, refusedCount: 0, hasPasscode: false });
  expect(link?.openings.map(({ recipient }) => recipient)).toEqual(["Dr. Elsewhere", "Dr. Elsewhere"]);
  expect((await actions()).map(({ action, outcome }) => [action, outcome])).toEqual([
    ["health-link.create", "ok"],
    ["health-link.open", "ok"],
    ["health-link.open", "ok"],
    ["health-link.view", "ok"],
  ]);
  await world.close();
});

test("the key and what it opens are kept nowhere: not in the database, not in the trail", async () => {
  const { world, patient, make } = await openClinic();
  const { payload } = await make();
  const token = payload.url.split("/").at(-1) ?? "";
  const tables = ["health_link", "health_link_opening", "audit"] as const;
  for (const table of tables) {
    const rows = JSON.stringify(await world.database.db.selectFrom(table).selectAll().execute());
    for (const secret of [payload.key, token, patient.name]) expect(rows).not.toContain(secret);
  }
  await world.close();
});

onBothDatabases((open) => {
  test("a link that was locked by wrong passcodes, has run out, was revoked, or whose patient is archived opens nothing, and its content is gone", async () => {
    const { world, patient, cookie, path, make, receiver, list, actions } = await openClinic(await open());
    const { shlink, payload } = await make({ passcode: "sesame street" });
    expect(payload.flag).toBe("P");
    const resolve = (passcode: string) => receiver(shlink).resolveSHL({ recipient: "Ward 4", passcode });
    await expect(resolve("sesame")).rejects.toThrow(SHLInvalidPasscodeError);
    expect((await resolve("sesame street")).fhirResources).toHaveLength(1);
    const { pathname } = new URL(payload.url);
    const tries = async (from: number) =>
      Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const answer = await world.request(
            pathname,
            json({ recipient: "x", passcode: `wrong ${from + i}` }),
          );
          return [answer.status, ((await answer.json()) as { remainingAttempts?: number }).remainingAttempts];
        }),
      );
    const tried = [];
    for (let from = 0; from < 1000; from += 50) tried.push(...(await tries(from)));
    expect(tried.filter(([status]) => status === 404)).toHaveLength(996);
    await expect(resolve("sesame street")).rejects.toThrow(SHLManifestNotFoundError);
    expect((await list())[0]).toMatchObject({ state: "locked", openedCount: 1, refusedCount: 5 });
    expect((await actions()).filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(0);

    const contents = async () =>
      (
        await world.database.db
          .selectFrom("health_link")
          .select("content")
          .where("patient_id", "=", patient.id)
          .execute()
      ).filter(({ content }) => content !== null).length;
    const isOpen = async (shlink: string) =>
      receiver(shlink)
        .resolveSHL({ recipient: "Ward 4" })
        .then(
          () => true,
          () => false,
        );
    const first = await make();
    const made = (await list()).find(({ state }) => state === "active");
    expect(await isOpen(first.shlink)).toBe(true);
    const revoked = await world.request(`${path}/${made?.id}`, { method: "DELETE", cookie });
    const { links } = healthLinkList.parse(await revoked.json());
    expect(links.find(({ id }) => id === made?.id)).toMatchObject({ state: "revoked" });
    expect((await world.request(`${path}/${made?.id}`, { method: "DELETE", cookie })).status).toBe(404);
    expect(await isOpen(first.shlink)).toBe(false);
    // Of the locked one it goes within the hour.
    expect(await contents()).toBe(1);
    await createHealthLinkStore(world.database, world.now).forgetEnded();
    expect(await contents()).toBe(0);

    const second = await make({ lifeDays: "1" });
    world.advance(dayMs + 1);
    expect(await isOpen(second.shlink)).toBe(false);
    expect((await list()).map(({ state }) => state).toSorted()).toEqual(["expired", "locked", "revoked"]);

    const third = await make();
    const archive = await world.request(`/api/patients/${patient.id}`, {
      ...json({ archived: true, from: { merged: [] } }),
      method: "PATCH",
      cookie,
    });
    expect(archive.status).toBe(200);
    expect(await isOpen(third.shlink)).toBe(false);
    await world.close();
  });
});

test("the address of a file works for ten minutes, and only with its ticket", async () => {
  const { world, make } = await openClinic();
  const { pathname } = new URL((await make()).payload.url);
  const answer = await world.request(pathname, json({ recipient: "Ward 4", embeddedLengthMax: 10 }));
  const { files } = (await answer.json()) as { files: { location: string }[] };
  const { pathname: file, search } = new URL(files[0]?.location ?? "");
  const status = async (query: string) => (await world.request(file + query)).status;
  expect(await status(search)).toBe(200);
  expect(await status("")).toBe(404);
  // Its last letter may stand for the same bytes as another.
  expect(await status(search.replace(/=(.)/, (_, first) => (first === "x" ? "=y" : "=x")))).toBe(404);
  world.advance(10 * minuteMs + 1);
  expect(await status(search)).toBe(404);
  await world.close();
});

test("whoever opens a link says who they are; a browser of any site may ask", async () => {
  const { world, make } = await openClinic();
  const { pathname } = new URL((await make()).payload.url);
  for (const body of [{}, { recipient: " " }, { recipient: "a".repeat(101) }, { recipient: 1 }])
    expect((await world.request(pathname, json(body))).status).toBe(400);
  const preflight = await world.request(pathname, {
    method: "OPTIONS",
    headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" },
  });
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  expect((await world.request("/shl/none", json({ recipient: "Ward 4" }))).status).toBe(404);
  await world.close();
});

test("while all exchange is off no link opens and none is made", async () => {
  const { world, path, cookie, make } = await openClinic();
  const { pathname } = new URL((await make()).payload.url);
  const administrator = await world.signIn("administrator");
  const set = (isOn: boolean) =>
    world.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie: administrator });
  const opening = async () => (await world.request(pathname, json({ recipient: "Ward 4" }))).status;
  const making = async () => (await world.request(path, { ...json(asked), cookie })).status;
  await set(false);
  expect([await opening(), await making()]).toEqual([403, 403]);
  await set(true);
  expect([await opening(), await making()]).toEqual([200, 201]);
  await world.close();
});

test("of very many openings the last ones are named and all are counted", async () => {
  const { world, make, list } = await openClinic();
  const { pathname } = new URL((await make()).payload.url);
  for (let i = 0; i < mostNamedOpenings + 5; i += 1)
    await world.request(pathname, json({ recipient: `Ward ${i}`, embeddedLengthMax: 10 }));
  const [link] = await list();
  expect(link?.openedCount).toBe(mostNamedOpenings + 5);
  expect(link?.openings).toHaveLength(mostNamedOpenings);
  await world.close();
});

test("asking without a passcode uses up no try", async () => {
  const { world, make, receiver, list } = await openClinic();
  const { shlink, payload } = await make({ passcode: "sesame street" });
  const { pathname } = new URL(payload.url);
  for (const passcode of [undefined, "", "  ", ...Array<undefined>(20)]) {
    const answer = await world.request(pathname, json({ recipient: "Ward 4", passcode }));
    expect([answer.status, await answer.json()]).toEqual([401, { remainingAttempts: 5 }]);
  }
  expect((await list())[0]).toMatchObject({ state: "active", refusedCount: 0, wrongPasscodesLeft: 5 });
  const opened = await receiver(shlink).resolveSHL({ recipient: "Ward 4", passcode: "sesame street" });
  expect(opened.fhirResources).toHaveLength(1);
  await world.close();
});

test.each([
  ...["000000", "1111111", "123123", "121212", "aaaaaa", "123456", "12345678", "654321", "abcdef", "QWERTY"],
  ...["password", "Password1", "passw0rd", "diabetes2026", "glucose"],
])("a passcode that everybody tries first is refused: %s", async (passcode) => {
  expect(healthLinkRequest.shape.passcode.safeParse(passcode).error?.issues[0]?.message).toBe("too-common");
});

test.each(["sunny7", "482913", "sesame street", "password of my aunt", "112358", "王秀英的口令"])(
  "another one is taken: %s",
  (passcode) => {
    expect(healthLinkRequest.shape.passcode.safeParse(passcode).success).toBe(true);
  },
);
