import { Hono } from "hono";
import { apiKeyList, exchange, madeApiKey, newApiKey, newExchange } from "#contract/api-keys.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { JobRunner } from "../jobs/run.ts";
import type { ApiKeyStore } from "../store/api-keys.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import { describe, valid } from "./openapi.ts";

/** Keys with which other programs ask; they are administrators' to make and to revoke. */
export function createApiKeyRoutes({
  keyStore,
  requireRole,
}: {
  keyStore: ApiKeyStore;
  requireRole: RequireRole;
}): Hono<AppEnv> {
  const administrator = requireRole("administrator");
  return new Hono<AppEnv>()
    .get("/", administrator, describe("Every API key there ever was", apiKeyList), async (c) => {
      await c.get("audit")({ action: "key.view" });
      return c.json({ keys: await keyStore.list() });
    })
    .post(
      "/",
      administrator,
      describe("Make an API key; it is told only now", madeApiKey, "Made"),
      valid("json", newApiKey),
      async (c) => {
        const made = await keyStore.create(c.req.valid("json"), c.get("staff").id);
        const { id, role, mayRegister, expiresAtMs } = made.key;
        await c.get("audit")({
          action: "key.make",
          subject: id,
          details: { role, mayRegister: String(mayRegister), expiresAtMs },
        });
        return c.json(made, 201);
      },
    )
    .delete("/:id", administrator, describe("Revoke an API key", apiKeyList), async (c) => {
      const revoked = await keyStore.revoke(c.req.param("id"), c.get("staff").id);
      if (!revoked) throw new Failure("not-found", { detail: "No API key that works has this ID." });
      await c.get("audit")({ action: "key.revoke", subject: revoked.id });
      return c.json({ keys: await keyStore.list() });
    });
}

/** The one switch for all that other programs are told. */
export function createExchangeRoutes({
  exchange: store,
  runner,
  requireRole,
  now,
}: {
  exchange: ExchangeStore;
  runner: Pick<JobRunner, "wake">;
  requireRole: RequireRole;
  now: () => number;
}): Hono<AppEnv> {
  const administrator = requireRole("administrator");
  return new Hono<AppEnv>()
    .get("/", administrator, describe("Whether other programs are told anything", exchange), async (c) => {
      await c.get("audit")({ action: "exchange.view" });
      return c.json(await store.read());
    })
    .put(
      "/",
      administrator,
      describe("Turn all exchange with other programs on or off", exchange),
      valid("json", newExchange),
      async (c) => {
        const { isOn } = c.req.valid("json");
        const isChanged = await store.set(isOn, c.get("staff").id, now());
        if (isChanged) await c.get("audit")({ action: isOn ? "exchange.on" : "exchange.off" });
        // What waited to be sent.
        if (isOn) runner.wake();
        return c.json(await store.read());
      },
    );
}
