import { madeEmbedToken, type OpenedEmbed, openedEmbed } from "#contract/embed.ts";
import { json, type World } from "./world.ts";

export const portal = "https://portal.partner.example";

/** Asks for a token as a partner's server does. */
export const askForToken = (
  { request }: Pick<World, "request">,
  secret: string,
  body: Record<string, unknown>,
): Promise<Response> => {
  const init = json({ parentOrigin: portal, ...body });
  return request("/api/embed-tokens", {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${secret}` },
    from: "192.0.2.9",
  });
};

export async function tokenFor(
  world: Pick<World, "request">,
  secret: string,
  body: Record<string, unknown>,
): Promise<string> {
  return madeEmbedToken.parse(await (await askForToken(world, secret, body)).json()).token;
}

/** Uses a token up as the frame does. */
export const openToken = ({ request }: Pick<World, "request">, token: string, parentOrigin = portal) =>
  request("/api/embedded", json({ token, parentOrigin }));

export async function openedWith(world: Pick<World, "request">, token: string): Promise<OpenedEmbed> {
  return openedEmbed.parse(await (await openToken(world, token)).json());
}

/** Asks as the frame does. */
export const askAs = (
  { request }: Pick<World, "request">,
  pass: string,
  path: string,
  init: RequestInit = {},
) => request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${pass}` } });
