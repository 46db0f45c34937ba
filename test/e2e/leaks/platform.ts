import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSandbox, type Fault } from "#sandbox/sandbox.ts";

/** Every glucose value that the platform sends, so that it can be found wherever it does not belong. */
export const glucoseValue = 13.731973;

export interface WatchedPlatform {
  apiUrl: string;
  /** The tokens it issued and the signatures it was sent. */
  secrets: Set<string>;
  inject(fault: Fault): void;
  stop(): void;
}

/** The sandbox over HTTP, taking note of every secret that passes. */
export async function startWatchedPlatform(credentials: {
  appId: string;
  appSecret: string;
}): Promise<WatchedPlatform> {
  const sandbox = createSandbox({ ...credentials, now: Date.now });
  const secrets = new Set<string>();
  async function answer(request: Request, env: unknown): Promise<Response> {
    const signature = request.headers.get("x-signature");
    if (signature) secrets.add(signature);
    const response = await sandbox.fetch(request, env);
    const kind = response.headers.get("content-type");
    if (!kind?.startsWith("application/json")) return response;
    const text = await response.text();
    for (const [, token = ""] of text.matchAll(/"access_token":"([^"]+)"/g)) secrets.add(token);
    const same = text.replaceAll(/"value":[\d.]+/g, `"value":${glucoseValue}`);
    return new Response(same, { status: response.status, headers: { "content-type": kind } });
  }
  const server = createServer(getRequestListener(answer)).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    inject: sandbox.inject,
    stop: () => server.close().closeAllConnections(),
  };
}
