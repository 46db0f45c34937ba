/**
 * A Hono app that does nothing but send the bytes of a file, compressed as they are, or where the client
 * has them a 304 with the headers of another file. Prints its address.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

const [file = "", known = ""] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
const knownHeaders = JSON.parse(readFileSync(known, "utf8")) as Record<string, string>;
const headers = { "content-type": "application/json", "content-encoding": "br", "cache-control": "no-store" };
const app = new Hono().get("/*", (c) =>
  c.req.header("if-none-match") ? c.body(null, 304, knownHeaders) : c.body(bytes, 200, headers),
);
const server = createServer(getRequestListener(app.fetch));
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
