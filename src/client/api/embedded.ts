import { queryOptions } from "@tanstack/react-query";
import type { UnownedDevice } from "#contract/device.ts";
import type { OpenedEmbed } from "#contract/embed.ts";
import { type EmbedRefusal, embedRefusals } from "#contract/embed-limits.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { ApiError, getJson, sendBy, sendJson } from "../http.ts";

let pass = "";

/**
 * From now on everything is asked for by the view's pass, which is kept nowhere but here, and without a cookie. What
 * the API says of a patient or a sensor stands under the same path for views, of theirs alone.
 */
export const askByPass = (): void =>
  sendBy((path, init) => {
    const headers = new Headers(init.headers);
    if (pass) headers.set("authorization", `Bearer ${pass}`);
    const own = path.replace(/^\/api\/(?=patients\/|devices\/)/, "/api/embedded/");
    return fetch(own, { ...init, credentials: "omit", headers });
  });

/** As long as the server takes at most, and a little more. */
const longestOpeningMs = 30_000;

/** Uses up a token that came from a page of this origin. */
export async function openView(token: string, parentOrigin: string): Promise<OpenedEmbed> {
  const signal = AbortSignal.timeout(longestOpeningMs);
  const body = { token, parentOrigin };
  const { data } = await sendJson<OpenedEmbed>("/api/embedded", body, { signal }).catch((error) => {
    throw signal.aborted ? new ApiError("proxy-no-answer", error) : error;
  });
  pass = data.pass;
  return data;
}

export function forgetPass(): void {
  pass = "";
}

/** Why a view may not go on; null for any other failure. */
export function refusalIn(error: unknown): EmbedRefusal | null {
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  const reason = fields.find(({ field }) => field === "token")?.reason;
  return embedRefusals.find((known) => known === reason) ?? null;
}

/** A sensor's life, without whose it is. */
export const viewedSensor = (serial: string) =>
  queryOptions({
    queryKey: ["devices", serial, "viewed"],
    queryFn: ({ signal }) => getJson<UnownedDevice>(`/api/devices/${encodeURIComponent(serial)}`, signal),
    refetchInterval: () => realMs(minuteMs),
  });
