import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import type { OidcSettings } from "#proxy/auth/oidc-settings.ts";
import type { World } from "#test/support/world.ts";
import { json, origin } from "#test/support/world.ts";

export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  roles?: unknown;
  [claim: string]: unknown;
}

export interface OidcServer {
  settings: OidcSettings;
  /** Who sits before the provider's sign-in page; null presses "cancel". */
  person: Person | null;
  /** Leaves requests for this path without an answer, and hears of each. */
  hang: { path: string; heard: () => void } | null;
  /** The query of each request for authorization. */
  authorizations: URLSearchParams[];
  /** Cuts every connection before it says a word. Its port stays its own, for when it is back. */
  isDown: boolean;
  stop(): Promise<void>;
}

const client = { client_id: "trendline", client_secret: randomBytes(24).toString("hex") };
const claimNames = ["name", "roles", "realm_access"];

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Sign-in is limited for each address, so every browser has its own. */
let browsers = 0;

const listen = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

/**
 * A real OpenID Connect provider on a port of its own; only its sign-in page is
 * done at once, signed in as `person`.
 * `inIdToken` puts every claim into the ID token, otherwise most stand in the
 * answer of the userinfo endpoint only.
 */
export async function startOidc(
  options: { inIdToken?: boolean; publicUrl?: string } = {},
): Promise<OidcServer> {
  const server = createServer();
  const port = await listen(server);
  const issuer = `http://127.0.0.1:${port}`;
  const oidc: OidcServer = {
    settings: {
      issuer,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      name: "Clinic account",
      scopes: ["openid", "email", "profile"],
      rolesClaim: "roles",
      roleValues: { clinician: ["doctors", "nurses"], support: ["helpdesk"], administrator: ["it"] },
      trustEmail: false,
    },
    person: null,
    hang: null,
    authorizations: [],
    isDown: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        ...client,
        redirect_uris: [`${options.publicUrl ?? origin}/api/auth/callback/oidc`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [privateKey.export({ format: "jwk" })] },
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 600,
    },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    pkce: { required: () => true },
    conformIdTokenClaims: !options.inIdToken,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: claimNames },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...oidc.person, sub }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (ctx) => {
      const { provider: own, client: asking, session } = ctx.oidc;
      const grant = new own.Grant({ clientId: asking?.clientId, accountId: session?.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (oidc.isDown) return void request.socket.destroy();
    const url = new URL(request.url ?? "/", issuer);
    if (url.pathname === "/auth") oidc.authorizations.push(url.searchParams);
    if (oidc.hang?.path === url.pathname) return oidc.hang.heard();
    if (!url.pathname.startsWith("/interaction/")) return void answer(request, response);
    const result = oidc.person
      ? { login: { accountId: oidc.person.sub } }
      : { error: "access_denied", error_description: "The person went back" };
    void provider.interactionFinished(request, response, result);
  });
  return oidc;
}

/** Cookies of one browser for one site. */
function createJar() {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    keep: (response: Response) => {
      for (const line of response.headers.getSetCookie()) {
        const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/s) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

/** A browser at the sign-in page of `world`: it presses the button and follows every redirect by itself. */
export function createBrowser(world: World, oidc: OidcServer) {
  browsers += 1;
  const address = `203.0.113.${browsers}`;
  const ours = createJar();
  const theirs = createJar();
  const press = async (): Promise<Response> => {
    const body = { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" };
    const response = await world.request("/api/auth/sign-in/social", {
      ...json(body),
      cookie: ours.header(),
      from: address,
    });
    ours.keep(response);
    return response;
  };
  /** Follows the provider's redirects until it sends the browser back to us. */
  const goThrough = async (authorizeUrl: string): Promise<string> => {
    let url = authorizeUrl;
    while (url.startsWith(oidc.settings.issuer)) {
      const response = await fetch(url, { redirect: "manual", headers: { cookie: theirs.header() } });
      theirs.keep(response);
      const next = response.headers.get("location");
      if (!next) throw new Error(`the provider stays at ${url}: ${response.status} ${await response.text()}`);
      url = new URL(next, url).href;
    }
    return url;
  };
  /** Where our callback leads the browser. */
  const comeBack = async (callbackUrl: string): Promise<string> => {
    const { pathname, search } = new URL(callbackUrl);
    const response = await world.request(pathname + search, { cookie: ours.header(), from: address });
    ours.keep(response);
    return response.headers.get("location") ?? `HTTP ${response.status}`;
  };
  return {
    press,
    goThrough,
    comeBack,
    signIn: async (): Promise<string> => {
      const { url } = (await (await press()).json()) as { url: string };
      return comeBack(await goThrough(url));
    },
    session: async (): Promise<{
      user: { id: string; role: string; email: string; name: string };
    } | null> => {
      const response = await world.request("/api/auth/get-session", { cookie: ours.header() });
      return (await response.json()) as {
        user: { id: string; role: string; email: string; name: string };
      } | null;
    },
    cookie: () => ours.header(),
  };
}
