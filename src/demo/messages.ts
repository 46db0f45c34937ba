/** What pages, the service worker and the worker with the server say to each other. */

/** A request, as it can be handed from one to the other. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer | null;
}

export interface SentAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer | null;
}

/** To the server; the answer comes on the port that goes with it. */
export type Message =
  | { readonly kind: "ask"; readonly request: SentRequest }
  | { readonly kind: "status" }
  | { readonly kind: "reset" };

export interface DemoStatus {
  /** Whether a reload brings back what was done. */
  readonly isKept: boolean;
  /** What an earlier version had kept, or what could not be read, is gone. */
  readonly hasBegunAnew: boolean;
}

/** From the server to all pages. */
export type Notice = { readonly kind: "reset" } | { readonly kind: "replaced" };

/** From a page to the service worker: fetch all there is, to be there without a network. */
export const keepAll = "keep-all";

const serverPath = /^\/(?:(?:api|fhir|shl|sandbox)(?:\/|$)|(?:healthz|readyz)$|\.well-known\/)/;

/** The path as the server has it; null for what lies in the folder. `base` ends in a slash. */
export function serverPathOf(base: string, pathname: string): string | null {
  const within = pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname;
  return [within, pathname].find((path) => serverPath.test(path)) ?? null;
}
