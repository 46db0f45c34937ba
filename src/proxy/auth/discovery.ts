import * as z from "zod";
import { type Claims, claimsOfCheckedToken } from "./claims.ts";
import type { OidcSettings } from "./oidc-settings.ts";

const discovery = z.object({
  issuer: z.string(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
});
type Discovery = z.infer<typeof discovery>;

const claims = z.looseObject({ sub: z.string() });

const limitMs = 10_000;

async function readJson(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(limitMs) });
  if (!response.ok) throw new Error(`the sign-in service answered with HTTP ${response.status}`);
  return response.json();
}

export const discoveryUrlOf = ({ issuer }: Pick<OidcSettings, "issuer">): string =>
  `${issuer}/.well-known/openid-configuration`;

/** What the provider says about itself, read at the first sign-in and kept; a failure is not kept. */
export function createDiscovery(settings: Pick<OidcSettings, "issuer">) {
  let kept: Promise<Discovery> | null = null;
  const read = async (): Promise<Discovery> => {
    const found = discovery.parse(await readJson(discoveryUrlOf(settings)));
    if (found.issuer.replace(/\/$/, "") !== settings.issuer)
      throw new Error("the sign-in service calls itself by another address than OIDC_ISSUER");
    return found;
  };
  return (): Promise<Discovery> => {
    kept ??= read().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

/**
 * Everything the provider claims about a person. Which claims stand in the ID token and which only in the
 * answer of the userinfo endpoint differs from provider to provider; roles are found in either.
 */
export async function readClaims(
  { userinfo_endpoint: url }: Discovery,
  tokens: { idToken?: string | undefined; accessToken?: string | undefined },
): Promise<Claims | null> {
  if (!tokens.idToken) return null;
  const own = claimsOfCheckedToken(tokens.idToken);
  if (!url || !tokens.accessToken) return own;
  const more = claims.parse(await readJson(url, { authorization: `Bearer ${tokens.accessToken}` }));
  return more.sub === own.sub ? { ...more, ...own } : null;
}
