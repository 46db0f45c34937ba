/**
 * http-proxy before the platform: signs each request, which any proxy must, and
 * passes the answer on. Prints its address.
 */
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import httpProxy from "http-proxy";
import { signingHeaders } from "#proxy/platform/sign.ts";

const [target = "", appId = "", appSecret = "", accessToken = ""] = process.argv.slice(2);
const proxy = httpProxy.createProxyServer({ target, agent: new Agent({ keepAlive: true }) });
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", target);
  const signed = signingHeaders(appSecret, {
    method: "GET",
    url,
    body: "",
    appId,
    timestampMs: Date.now(),
  });
  proxy.web(request, response, { headers: { ...signed, authorization: `Bearer ${accessToken}` } });
});
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
