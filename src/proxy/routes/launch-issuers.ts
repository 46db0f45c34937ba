import { type Context, Hono } from "hono";
import { issuerTest, type LaunchIssuer, launchIssuerList, newLaunchIssuer } from "#contract/launch.ts";
import { hostOf } from "#contract/receiver-address.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { createRecord } from "../launch/record.ts";
import { testRecord } from "../launch/test-record.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { LaunchIssuerStore } from "../store/launch-issuers.ts";
import { makeKeyPair } from "../submissions/client-assertion.ts";
import { redirectUrlOf } from "./launches.ts";
import { describe, valid } from "./openapi.ts";
import { keySetPath } from "./receivers.ts";
import { refuseWhileOff } from "./shared-links.ts";

export interface LaunchIssuerRoutesOptions {
  launchIssuers: LaunchIssuerStore;
  requireRole: RequireRole;
  exchange: Pick<ExchangeStore, "read">;
  publicUrl: string;
  /** Aborts when the server stops. */
  stopping: AbortSignal;
}

const mostIssuers = 20;

const unknown = () => new Failure("not-found", { detail: "No record has this ID." });
const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

const detailsOf = ({ name, baseUrl }: Pick<LaunchIssuer, "name" | "baseUrl">) => ({
  issuer: name,
  address: hostOf(baseUrl),
});

/** Health records that may open patients here; they are administrators' to name. */
export function createLaunchIssuerRoutes(options: LaunchIssuerRoutesOptions): Hono<AppEnv> {
  const { launchIssuers, exchange, requireRole, publicUrl, stopping } = options;
  const record = createRecord(stopping);
  const answer = async (c: Context<AppEnv>, status: 200 | 201 = 200) =>
    c.json(
      {
        issuers: await launchIssuers.list(),
        launchUrl: `${publicUrl}/launch`,
        redirectUrl: redirectUrlOf(publicUrl),
        jwksUrl: publicUrl + keySetPath,
      },
      status,
    );
  async function refuseTaken(baseUrl: string, id?: string): Promise<void> {
    const there = await launchIssuers.byBaseUrl(baseUrl);
    if (there && there.id !== id)
      throw refused("baseUrl", "duplicate", "A record with this address is here already.");
  }

  return new Hono<AppEnv>()
    .use(requireRole("administrator"))
    .get("/", describe("Which health records may open patients here", launchIssuerList), async (c) => {
      await c.get("audit")({ action: "launch-issuer.view" });
      return answer(c);
    })
    .post(
      "/",
      describe("Name a record; a key pair of ours is made for it", launchIssuerList, "Named"),
      valid("json", newLaunchIssuer),
      async (c) => {
        const issuer = c.req.valid("json");
        if ((await launchIssuers.list()).length >= mostIssuers)
          throw refused("name", "too-many", `There are ${mostIssuers} records: remove one first.`);
        await refuseTaken(issuer.baseUrl);
        await launchIssuers.add(issuer, await makeKeyPair(), c.get("staff").id);
        await c.get("audit")({ action: "launch-issuer.name", details: detailsOf(issuer) });
        return answer(c, 201);
      },
    )
    .put(
      "/:id",
      describe("Say otherwise where a record is and how it is asked", launchIssuerList),
      valid("json", newLaunchIssuer),
      async (c) => {
        const issuer = c.req.valid("json");
        const id = c.req.param("id");
        await refuseTaken(issuer.baseUrl, id);
        if (!(await launchIssuers.change(id, issuer))) throw unknown();
        await c.get("audit")({ action: "launch-issuer.change", details: detailsOf(issuer) });
        return answer(c);
      },
    )
    .delete(
      "/:id",
      describe("Remove a record: nothing is opened from there any more", launchIssuerList),
      async (c) => {
        const found = await launchIssuers.byId(c.req.param("id"));
        if (!found || !(await launchIssuers.remove(found.id))) throw unknown();
        await c.get("audit")({ action: "launch-issuer.remove", details: detailsOf(found) });
        return answer(c);
      },
    )
    .post(
      "/:id/test",
      describe("Try what of a launch can be tried without a person", issuerTest),
      async (c) => {
        const found = await launchIssuers.byId(c.req.param("id"));
        if (!found) throw unknown();
        await refuseWhileOff(exchange);
        await c.get("audit")({ action: "launch-issuer.test", details: detailsOf(found) });
        return c.json({ steps: await testRecord(record, found) });
      },
    );
}
