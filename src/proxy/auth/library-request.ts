import type { RequestOrigin } from "../app-env.ts";

// What better-auth cannot know comes in headers, set on the copy of a request that it gets; what a client
// sends under these names is thrown away.
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

/**
 * The request that the library gets: our address, the browser's headers, and the body that was
 * looked at; a GET where there is none.
 */
export function libraryRequest(
  { request, origin }: { request: Request; origin: RequestOrigin },
  path: string,
  body?: object,
  isKnownBrowser = false,
): Request {
  const headers = libraryHeaders(request.headers, origin, isKnownBrowser);
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  const url = new URL(`/api/auth${path}`, request.url);
  if (!body) {
    url.search = new URL(request.url).search;
    return new Request(url, { headers });
  }
  headers.set("content-type", "application/json");
  return new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
}
