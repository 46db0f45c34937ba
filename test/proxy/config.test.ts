import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { roles } from "#contract/staff.ts";
import { ConfigError, parseConfig, refuseGuessedSecrets } from "#proxy/config.ts";

const partner = {
  PARTNER_API_URL: "https://partner.example",
  PARTNER_APP_ID: "app_1",
  PARTNER_APP_SECRET: "s",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
};

const fault = (env: Record<string, string>): string => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "no fault";
};

test("without any environment it is the sandbox on this machine only", () => {
  expect(parseConfig({})).toMatchObject({ partner: null, host: "127.0.0.1", port: 4173, databaseUrl: null });
});

test("pages that may frame are named by origin, as browsers write it", () => {
  const read = (EMBED_ORIGINS: string) => parseConfig({ EMBED_ORIGINS }).embedOrigins;
  expect(parseConfig({}).embedOrigins).toEqual([]);
  expect(read("https://a.example:443, https://a.example  http://localhost:8080,")).toEqual([
    "https://a.example",
    "http://localhost:8080",
  ]);
  for (const none of [
    "*",
    "https://*.a.example",
    "http://a.example",
    "https://a.example/",
    "a.example",
    "null",
  ])
    expect(fault({ EMBED_ORIGINS: `https://b.example,${none}` })).toContain("EMBED_ORIGINS must be origins");
});

test("an empty value is the same as none", () => {
  expect(parseConfig({ PARTNER_API_URL: "", PARTNER_APP_ID: "  ", PORT: "" })).toEqual(parseConfig({}));
});

test("all three credentials are that platform", () => {
  expect(parseConfig(partner).partner).toEqual({
    apiUrl: "https://partner.example",
    appId: "app_1",
    appSecret: "s",
  });
});

test.each([
  ["PARTNER_APP_SECRET", "PARTNER_APP_SECRET is missing"],
  ["PARTNER_API_URL", "PARTNER_API_URL is missing"],
  ["AUTH_SECRET", "AUTH_SECRET is missing"],
])("with %s absent it refuses and names it", (name, words) => {
  expect(fault({ ...partner, [name]: "" })).toContain(words);
});

test("with one credential, both missing ones are named", () => {
  expect(fault({ PARTNER_APP_ID: "app_1" })).toMatch(/^PARTNER_API_URL and PARTNER_APP_SECRET are missing/);
});

test("every fault is named at once, with what is expected", () => {
  const message = fault({ PORT: "eighty", AUTH_SECRET: "short", DATABASE_URL: "mysql://x" });
  expect(message).toContain("PORT must be a port number");
  expect(message).toContain("AUTH_SECRET must be at least 32 characters");
  expect(message).toContain("DATABASE_URL must be an address such as postgres://");
});

test("what is missing of several settings is named beside what is wrong with others", () => {
  const message = fault({ PORT: "eighty", PARTNER_APP_ID: "app_1", BOOTSTRAP_ADMIN_EMAIL: "a@b.example" });
  expect(message).toContain("PORT must be a port number");
  expect(message).toContain("PARTNER_API_URL and PARTNER_APP_SECRET are missing.");
  expect(message).toContain("BOOTSTRAP_ADMIN_PASSWORD go together");
});

test("the audit trail is kept for ever unless the operator says how long", () => {
  expect(parseConfig({}).auditKeepDays).toBeNull();
  expect(parseConfig({ AUDIT_KEEP_DAYS: "3650" }).auditKeepDays).toBe(3650);
  expect(fault({ AUDIT_KEEP_DAYS: "0" })).toContain("AUDIT_KEEP_DAYS must be a whole number of days");
});

test("a fault never repeats a secret", () => {
  expect(fault({ ...partner, AUTH_SECRET: "hunter2" })).not.toContain("hunter2");
});

test("an administrator's address without a password is half of it", () => {
  expect(fault({ BOOTSTRAP_ADMIN_EMAIL: "a@b.example" })).toContain("BOOTSTRAP_ADMIN_PASSWORD");
});

test("trusted proxies are addresses and subnets, and a word among them is refused", () => {
  expect(parseConfig({ TRUSTED_PROXIES: "10.0.0.0/8, fd00::/8 192.0.2.7" }).trustedProxies).toEqual([
    "10.0.0.0/8",
    "fd00::/8",
    "192.0.2.7",
  ]);
  for (const wrong of ["proxy", "10.0.0.0/33", "10.0.0.1/8/8", "*", "10.0.0.0/"])
    expect(fault({ TRUSTED_PROXIES: `127.0.0.1,${wrong}` })).toContain("TRUSTED_PROXIES must be addresses");
});

test("there is something to drain for only where another server can take over", () => {
  expect(parseConfig({}).drainSeconds).toBe(0);
  expect(parseConfig({ DATABASE_URL: "postgres://localhost/x" }).drainSeconds).toBe(5);
});

test("previous secrets come in their order, and each is as long as the present one must be", () => {
  const [newer, older] = ["n".repeat(32), "o".repeat(32)];
  const { previousAuthSecrets } = parseConfig({ ...partner, AUTH_SECRET_PREVIOUS: `${newer}, ${older}` });
  expect(previousAuthSecrets).toEqual([newer, older]);
  expect(parseConfig(partner).previousAuthSecrets).toEqual([]);
  const message = fault({ ...partner, AUTH_SECRET_PREVIOUS: `${newer},hunter2` });
  expect(message).toContain("AUTH_SECRET_PREVIOUS must be at least 32 characters");
  expect(message).not.toContain("hunter2");
});

test("with a real platform administrators need a second factor unless the operator says otherwise", () => {
  const neededBy = (env: Record<string, string>) => parseConfig(env).secondFactorFor;
  expect(neededBy(partner)).toEqual(["administrator"]);
  expect(neededBy({})).toEqual([]);
  expect(neededBy({ ...partner, REQUIRE_SECOND_FACTOR: "true" })).toEqual(roles);
  expect(neededBy({ ...partner, REQUIRE_SECOND_FACTOR: "false" })).toEqual([]);
  expect(neededBy({ REQUIRE_SECOND_FACTOR: "true" })).toEqual(roles);
});

test.each([
  "a".repeat(40),
  "abcabcabcabcabcabcabcabcabcabcabcabc",
  "12345678123456781234567812345678",
  "change-me-change-me-change-me-change-me",
  "this-is-a-very-secret-string-for-us",
  "Password-Password-Password-Password",
  "example-example-0123456789-example-0",
  "trendline-of-the-clinic-of-the-lake",
])("a real platform's data does not hang on a secret that anybody guesses: %s", (guessed) => {
  const refuse = (env: Record<string, string>) => () => refuseGuessedSecrets(parseConfig(env));
  expect(refuse({ ...partner, AUTH_SECRET: guessed })).toThrow(/^AUTH_SECRET is easily guessed/);
  expect(refuse({ ...partner, METRICS_TOKEN: guessed })).toThrow(/^METRICS_TOKEN is easily guessed/);
  expect(refuse({ ...partner, AUTH_SECRET: guessed })).not.toThrow(new RegExp(guessed));
  // It must still be read with, or nobody could leave it.
  expect(refuse({ ...partner, AUTH_SECRET_PREVIOUS: guessed })).not.toThrow();
  expect(refuse({ AUTH_SECRET: guessed })).not.toThrow();
});

test("what `openssl rand` makes is taken", () => {
  for (let i = 0; i < 200; i += 1)
    for (const encoding of ["hex", "base64"] as const)
      refuseGuessedSecrets(parseConfig({ ...partner, AUTH_SECRET: randomBytes(32).toString(encoding) }));
});

test("each request is logged with a real platform, and not on the sandbox, unless somebody says otherwise", () => {
  expect(parseConfig(partner).logLevel).toBe("info");
  expect(parseConfig({}).logLevel).toBe("warn");
  expect(parseConfig({ ...partner, LOG_LEVEL: "error" }).logLevel).toBe("error");
});

const oidc = {
  OIDC_ISSUER: "https://login.clinic.example/",
  OIDC_CLIENT_ID: "trendline",
  OIDC_CLIENT_SECRET: "s3cr3t-of-the-client",
  OIDC_NAME: "Clinic account",
  OIDC_ROLE_CLINICIAN: "doctors, nurses",
};

test("single sign-on is all of its parts", () => {
  expect(parseConfig({}).singleSignOn).toBeNull();
  expect(parseConfig(oidc).singleSignOn).toEqual({
    issuer: "https://login.clinic.example",
    clientId: "trendline",
    clientSecret: "s3cr3t-of-the-client",
    name: "Clinic account",
    scopes: ["openid", "email", "profile"],
    rolesClaim: "roles",
    roleValues: { clinician: ["doctors", "nurses"], support: [], administrator: [] },
    trustEmail: false,
  });
});

test.each([
  [{ ...oidc, OIDC_ISSUER: "" }, /^OIDC_ISSUER is missing/],
  [{ OIDC_ROLE_SUPPORT: "desk" }, /^OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME are missing/],
  [{ ...oidc, OIDC_ROLE_CLINICIAN: " , " }, /Nobody could sign in/],
  [{ ...oidc, OIDC_ROLE_SUPPORT: "nurses" }, /"nurses" stands for two roles/],
  [{ ...oidc, OIDC_ISSUER: "http://login.clinic.example" }, /must be an https address/],
  [{ ...oidc, OIDC_ISSUER: "login.clinic.example" }, /OIDC_ISSUER must be the sign-in service's address/],
])("what is wrong with single sign-on is said in words, without the secret: %#", (env, words) => {
  expect(fault(env)).toMatch(words);
  expect(fault(env)).not.toContain("s3cr3t");
});
