/**
 * The sandbox as a process of its own, so that it does not slow down what is measured. Prints its
 * address; counts reads of glucose at /reads.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSandbox } from "#sandbox/sandbox.ts";

const [appId = "", appSecret = "", usersFile = ""] = process.argv.slice(2);
const sandbox = createSandbox({ appId, appSecret, usersFile, now: Date.now });
let reads = 0;
const server = createServer(
  getRequestListener((request, env) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/reads") return Response.json(reads);
    if (pathname.endsWith("/glucose")) reads += 1;
    return sandbox.fetch(request, env);
  }),
);
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
