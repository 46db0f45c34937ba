import { afterAll, beforeAll } from "vitest";
import type { OidcSettings } from "#proxy/auth/oidc-settings.ts";
import { cookieOf } from "#test/support/colleague.ts";
import { createBrowser, type OidcServer, type Person, startOidc } from "#test/support/oidc.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

export const noor: Person = {
  sub: "u-1",
  email: "noor@clinic.example",
  email_verified: true,
  name: "Noor Haddad",
  roles: ["everyone", "nurses"],
};
export const admin = { email: "admin@clinic.example", password: "a very long secret" };

interface Options {
  inIdToken?: boolean;
  person?: Person | null;
  settings?: Partial<OidcSettings>;
  /** Whether an administrator with a password is here already. */
  administrator?: boolean;
}

/** Providers for one test file, and worlds whose staff sign in at them. */
export function serveOidc() {
  let servers: { inUserinfo: OidcServer; inIdToken: OidcServer };
  beforeAll(async () => {
    servers = { inUserinfo: await startOidc(), inIdToken: await startOidc({ inIdToken: true }) };
  });
  afterAll(async () => {
    for (const oidc of Object.values(servers)) await oidc.stop();
  });

  return async function open({
    inIdToken = false,
    person = noor,
    settings = {},
    administrator,
  }: Options = {}) {
    const oidc = inIdToken ? servers.inIdToken : servers.inUserinfo;
    oidc.person = person;
    oidc.isDown = false;
    oidc.hang = null;
    oidc.authorizations.length = 0;
    const world = await createWorld({
      sandboxMode: false,
      ...(administrator ? { firstAdministrator: admin } : {}),
      singleSignOn: { ...oidc.settings, ...settings },
    });
    return { oidc, world, browser: createBrowser(world, oidc), another: () => createBrowser(world, oidc) };
  };
}

export const auditOf = async (world: World) =>
  world.database.db.selectFrom("audit").select(["action", "outcome", "subject"]).orderBy("seq").execute();

let addresses = 0;

export const signInByPassword = (world: World, who: { email: string; password: string }) => {
  addresses += 1;
  return world.request("/api/auth/sign-in/email", { ...json(who), from: `192.0.2.${addresses}` });
};

export async function adminCookie(world: World): Promise<string> {
  return cookieOf(await signInByPassword(world, admin));
}
