import { type Context, Hono } from "hono";
import { hostOf } from "#contract/receiver-address.ts";
import { newReceiver, type Receiver, receiverList, receiverTest } from "#contract/receivers.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import type { ReceiverStore } from "../store/receivers.ts";
import { makeKeyPair } from "../submissions/client-assertion.ts";
import { createReceiverClient } from "../submissions/receiver-client.ts";
import { describe, valid } from "./openapi.ts";
import { refuseWhileOff } from "./shared-links.ts";

export interface ReceiverRoutesOptions {
  receivers: ReceiverStore;
  exchange: Pick<ExchangeStore, "read">;
  requireRole: RequireRole;
  publicUrl: string | null;
  /** Aborts when the server stops. */
  stopping: AbortSignal;
  now: () => number;
}

export const keySetPath = "/.well-known/jwks.json";
const mostReceivers = 50;

const unknown = () => new Failure("not-found", { detail: "No receiver has this ID." });

const detailsOf = ({ name, baseUrl }: Pick<Receiver, "name" | "baseUrl">) => ({
  receiver: name,
  address: hostOf(baseUrl),
});

/** Servers that patients' data may be sent to; they are administrators' to name. */
export function createReceiverRoutes(options: ReceiverRoutesOptions): Hono<AppEnv> {
  const { receivers, exchange, requireRole, publicUrl, stopping, now } = options;
  const client = createReceiverClient(stopping, now);
  const administrator = requireRole("administrator");
  const answer = async (c: Context<AppEnv>) => ({
    receivers: await receivers.list(),
    jwksUrl: `${publicUrl ?? new URL(c.req.url).origin}${keySetPath}`,
  });
  const receiverOf = async (id: string) => {
    const found = await receivers.byId(id);
    if (!found) throw unknown();
    return found;
  };

  return new Hono<AppEnv>()
    .get("/", administrator, describe("Where patients' data may be sent", receiverList), async (c) => {
      await c.get("audit")({ action: "receiver.view" });
      return c.json(await answer(c));
    })
    .post(
      "/",
      administrator,
      describe("Name a receiver; a key pair of ours is made for it", receiverList, "Named"),
      valid("json", newReceiver),
      async (c) => {
        const receiver = c.req.valid("json");
        if ((await receivers.list()).length >= mostReceivers)
          throw new Failure("invalid-request", {
            detail: `There are ${mostReceivers} receivers: remove one first.`,
            fields: [{ field: "name", reason: "too-many" }],
          });
        await receivers.add(receiver, await makeKeyPair(), c.get("staff").id);
        await c.get("audit")({ action: "receiver.name", details: detailsOf(receiver) });
        return c.json(await answer(c), 201);
      },
    )
    .put(
      "/:id",
      administrator,
      describe("Say otherwise where a receiver is and how it is asked", receiverList),
      valid("json", newReceiver),
      async (c) => {
        const receiver = c.req.valid("json");
        const id = c.req.param("id");
        if (!(await receivers.change(id, receiver))) throw unknown();
        await c.get("audit")({ action: "receiver.change", details: detailsOf(receiver) });
        return c.json(await answer(c));
      },
    )
    .delete(
      "/:id",
      administrator,
      describe("Remove a receiver: what waits for it is not sent, and no key of ours opens it", receiverList),
      async (c) => {
        const found = await receiverOf(c.req.param("id"));
        if (!(await receivers.remove(found.id, c.get("staff").id))) throw unknown();
        await c.get("audit")({ action: "receiver.remove", details: detailsOf(found) });
        return c.json(await answer(c));
      },
    )
    .delete(
      "/:id/standing-orders",
      administrator,
      describe("Stop all standing orders for a receiver", receiverList),
      async (c) => {
        const found = await receiverOf(c.req.param("id"));
        const count = await receivers.stopOrders(found.id, c.get("staff").id);
        const details = { ...detailsOf(found), count };
        await c.get("audit")({ action: "receiver.stop-orders", details });
        return c.json(await answer(c));
      },
    )
    .post(
      "/:id/test",
      administrator,
      describe("Try whether a receiver would take something; nothing of a patient is sent", receiverTest),
      async (c) => {
        const found = await receiverOf(c.req.param("id"));
        await refuseWhileOff(exchange);
        await c.get("audit")({ action: "receiver.test", details: detailsOf(found) });
        return c.json({ steps: await client.test(found) });
      },
    );
}

/** RFC 7517: our public keys, by which receivers and records know us. */
export const createKeySetRoute = (...stores: readonly Pick<ReceiverStore, "publicKeys">[]): Hono<AppEnv> =>
  new Hono<AppEnv>().get(keySetPath, async (c) => {
    const keys = (await Promise.all(stores.map((store) => store.publicKeys()))).flat();
    return c.json({ keys: keys.map((key) => JSON.parse(key)) }, 200, {
      "cache-control": "public, max-age=300",
    });
  });
