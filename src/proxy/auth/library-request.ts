import type { RequestOrigin } from "../app-env.ts";
import type { Way } from "./ways.ts";

// better-auth is told by headers what it cannot know. They are set on the copy that it gets; what a client sends under these names is
// thrown away.
export const clientAddressHeader = "x-trendline-client-address";
export const knownBrowserHeader = "x-trendline-known-browser";
const requestIdHeader = "x-trendline-request-id";

/** The browser's headers, with ours beside them. */
export function libraryHeaders(
  headers: Headers,
  { requestId, clientAddress }: RequestOrigin,
  isKnownBrowser = false,
): Headers {
  const copy = new Headers(headers);
  copy.set(clientAddressHeader, clientAddress);
  copy.set(requestIdHeader, requestId);
  copy.delete(knownBrowserHeader);
  if (isKnownBrowser) copy.set(knownBrowserHeader, "yes");
  return copy;
}

/** Who asked, as better-auth hands it on to its hooks. */
export const originIn = (headers: Headers | undefined): RequestOrigin => ({
  requestId: headers?.get(requestIdHeader) ?? "",
  clientAddress: headers?.get(clientAddressHeader) ?? "",
});

/** The request that the library gets: our address, the browser's headers, and the body that was looked at. */
export function libraryRequest(
  { request, origin }: { request: Request; origin: RequestOrigin },
  way: Way,
  body: object | undefined,
  isKnownBrowser = false,
): Request {
  const { search } = new URL(request.url);
  const [method = "GET", path = ""] = way.split(" ");
  const url = new URL(`/api/auth${path}${method === "GET" ? search : ""}`, request.url);
  const headers = libraryHeaders(request.headers, origin, isKnownBrowser);
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  if (body === undefined) return new Request(url, { method, headers });
  headers.set("content-type", "application/json");
  return new Request(url, { method, headers, body: JSON.stringify(body) });
}
