import * as z from "zod";
import { libraryRequest } from "../library-request.ts";
import { refused } from "./answers.ts";
import { type Attempt, actorOf, type SignInServices } from "./attempt.ts";

/** Sends the browser to the OpenID Connect provider. */
export async function beginAtProvider(
  { auth, stateCookies }: SignInServices,
  attempt: Attempt,
  body: object,
): Promise<Response> {
  const response = refused(await auth.fetch(libraryRequest(attempt, "/sign-in/social", body)));
  if (!response.ok) return response;
  const { url } = z.object({ url: z.url() }).parse(await response.clone().json());
  return stateCookies.rename(response, new URL(url).searchParams.get("state") ?? "");
}

export async function returnFromProvider(
  { auth, stateCookies }: SignInServices,
  attempt: Attempt,
): Promise<Response> {
  const state = new URL(attempt.request.url).searchParams.get("state") ?? "";
  const asked = libraryRequest(attempt, "/callback/oidc");
  asked.headers.set("cookie", stateCookies.restore(asked.headers.get("cookie") ?? "", state));
  const response = stateCookies.rename(await auth.fetch(asked), state);
  const actor = await actorOf(auth, response);
  await attempt.record("sign-in", actor ? "ok" : response.status === 429 ? "locked" : "failed", { actor });
  return refused(response);
}
