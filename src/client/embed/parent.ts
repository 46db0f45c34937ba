import type { EmbedRefusal } from "#contract/embed-limits.ts";

/** What the frame says to the page around it. */
type Saying =
  | { trendline: "shown" }
  | { trendline: "height"; height: number }
  | { trendline: "token-needed"; reason: EmbedRefusal | "expiring" };

/** To pages of one origin alone: of any other that is in its place the browser lets nothing through. */
export function sayTo(origin: string, saying: Saying): void {
  window.parent.postMessage(saying, origin);
}

/** Whether there is a page around this one. */
export const isFramed = (): boolean => window.parent !== window;

/**
 * Hears the tokens that the page around hands over, and of which origin the browser says it is; says first that it
 * listens. Who that page is is not known yet, and nothing but that is told: only configured origins can frame this one.
 */
export function listenToParent(onToken: (token: string, origin: string) => void): () => void {
  const onMessage = ({ source, origin, data }: MessageEvent) => {
    if (source !== window.parent || typeof data !== "object" || data === null) return;
    const { trendline, token } = data as { trendline?: unknown; token?: unknown };
    if (trendline === "token") onToken(typeof token === "string" ? token : "", origin);
  };
  window.addEventListener("message", onMessage);
  window.parent.postMessage({ trendline: "ready" }, "*");
  return () => window.removeEventListener("message", onMessage);
}
