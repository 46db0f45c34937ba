import * as z from "zod";
import { isOwnAddress, newPassword } from "#contract/password.ts";
import { type Role, roles } from "#contract/staff.ts";
import { type OidcSettings, oidcMeanings, oidcVariables, readOidcSettings } from "./auth/oidc-settings.ts";
import { isSubnet } from "./http/client-address.ts";

const integer = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** One or more, newest first. */
const secrets = z
  .string()
  .transform((text) => text.split(",").map((secret) => secret.trim()))
  .pipe(z.array(z.string().min(32)));

const environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: integer(4173, 0, 65_535),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.every(isSubnet)),
  DRAIN_SECONDS: integer(5, 0, 600),
  DATA_DIR: z.string().default("data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PARTNER_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  PARTNER_APP_ID: z.string().optional(),
  PARTNER_APP_SECRET: z.string().optional(),
  PARTNER_SERVICE_UID: z.string().default("trendline-service"),
  AUTH_SECRET: z.string().min(32).optional(),
  AUTH_SECRET_PREVIOUS: secrets.optional(),
  BOOTSTRAP_ADMIN_EMAIL: z.email().optional(),
  BOOTSTRAP_ADMIN_PASSWORD: z.optional(newPassword),
  BOOTSTRAP_ADMIN_RESET: z.enum(["true", "false"]).default("false"),
  ...oidcVariables,
  IDLE_SIGN_OUT_MINUTES: integer(30, 2, 720),
  REQUIRE_SECOND_FACTOR: z.enum(["true", "false"]).optional(),
  SANDBOX_PORT: integer(0, 0, 65_535),
  SANDBOX_SPEED: z.coerce.number().min(1).max(1000).default(1),
  SANDBOX_REPLAY_DIR: z.string().optional(),
  PLATFORM_CALLS_PER_SECOND: integer(100, 1, 10_000),
  DEVICE_LOOKUPS_PER_SECOND: integer(20, 1, 1000),
  ROUNDS_PER_SECOND: z.coerce.number().min(0).max(100).default(1),
  IMPORT_ROWS_PER_SECOND: integer(20, 1, 1000),
  AUDIT_KEEP_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).optional(),
  METRICS_TOKEN: z.string().min(32).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  SECURITY_CONTACT: z.union([z.email(), z.url({ protocol: /^https$/ })]).optional(),
});

const meanings: Record<string, string> = {
  PORT: "a port number from 0 to 65535",
  PUBLIC_URL: "an address such as https://trendline.clinic.example",
  TRUSTED_PROXIES: "addresses or subnets with commas between, such as 10.0.0.0/8,192.0.2.7",
  DRAIN_SECONDS: "a number from 0 to 600",
  DATABASE_URL: "an address such as postgres://user:password@host:5432/name",
  PARTNER_API_URL: "the platform's address, such as https://partner-api.example.com",
  AUTH_SECRET: "at least 32 characters",
  AUTH_SECRET_PREVIOUS: "at least 32 characters, or several such with commas between, newest first",
  BOOTSTRAP_ADMIN_EMAIL: "an e-mail address",
  BOOTSTRAP_ADMIN_RESET: "true or false",
  BOOTSTRAP_ADMIN_PASSWORD: "at least 12 characters and none of the commonest passwords",
  ...oidcMeanings,
  IDLE_SIGN_OUT_MINUTES: "a whole number of minutes from 2 to 720",
  REQUIRE_SECOND_FACTOR: "true or false",
  SANDBOX_PORT: "a port number from 0 to 65535",
  SANDBOX_SPEED: "a number from 1 to 1000",
  PLATFORM_CALLS_PER_SECOND: "a number from 1 to 10000",
  DEVICE_LOOKUPS_PER_SECOND: "a number from 1 to 1000",
  ROUNDS_PER_SECOND: "a number from 0 to 100",
  IMPORT_ROWS_PER_SECOND: "a number from 1 to 1000",
  AUDIT_KEEP_DAYS: "a whole number of days from 1 to 36500",
  LOG_LEVEL: "one of debug, info, warn, error",
  METRICS_TOKEN: "at least 32 characters",
  OTEL_EXPORTER_OTLP_ENDPOINT: "a collector's address, such as http://127.0.0.1:4318",
  SECURITY_CONTACT: "an e-mail address or an https address",
};

/** Configuration that cannot be used. The message is for the person who starts the program. */
export class ConfigError extends Error {}

interface PartnerCredentials {
  apiUrl: string;
  appId: string;
  appSecret: string;
}

export interface Config {
  host: string;
  port: number;
  publicUrl: string | null;
  /** Reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** How long it goes on answering after it was told to stop, for a load balancer to notice. */
  drainSeconds: number;
  dataDir: string;
  databaseUrl: string | null;
  /** Null in sandbox mode. */
  partner: PartnerCredentials | null;
  serviceUid: string;
  /** Null only in sandbox mode, where the server makes one. */
  authSecret: string | null;
  /** Secrets that are still read with, newest first. */
  previousAuthSecrets: string[];
  firstAdministrator: { email: string; password: string } | null;
  /** The first administrator is let in again at this start, whatever was lost. */
  resetsFirstAdministrator: boolean;
  /** Null without single sign-on. */
  singleSignOn: OidcSettings | null;
  idleSignOutMinutes: number;
  /** Who comes in by password in one of these roles needs a second factor. */
  secondFactorFor: readonly Role[];
  sandbox: { port: number; speed: number; replayDir: string | null };
  /** How many calls of the platform begin in a second, whoever they are for. */
  platformCallsPerSecond: number;
  /** How many devices of people's lists are asked for in a second, all lists together. */
  deviceLookupsPerSecond: number;
  /** How many patients' statuses are refreshed in a second in the background; 0: none. */
  statusRefreshesPerSecond: number;
  /** How many rows of imported files are registered in a second, all files together. */
  importRowsPerSecond: number;
  /** How long the audit trail is kept; null for ever. */
  auditKeepDays: number | null;
  logLevel: "debug" | "info" | "warn" | "error";
  /** What a reader of /metrics must present; null: there is no such address. */
  metricsToken: string | null;
  /** The OpenTelemetry collector that traces go to. */
  tracesUrl: string | null;
  securityContact: string | null;
}

/** Whoever administrates real people's data needs one, unless the operator says otherwise. */
function secondFactorFor(required: "true" | "false" | undefined, isReal: boolean): readonly Role[] {
  if (required === undefined) return isReal ? ["administrator"] : [];
  return required === "true" ? roles : [];
}

const fewestCharacters = 10;
const placeholder = /change.?me|secret|password|example|placeholder|replace|trendline|your.?own/i;

/** Long enough and no secret all the same: few characters, or one piece again and again. */
export const isMonotonous = (secret: string): boolean =>
  new Set(secret).size < fewestCharacters || /^(.{1,8})\1+.{0,7}$/.test(secret);

/** Or what stands in a manual. */
export const isEasilyGuessed = (secret: string): boolean => isMonotonous(secret) || placeholder.test(secret);

/** Throws a ConfigError where a real platform's data would hang on a secret that anybody guesses. */
export function refuseGuessedSecrets({ partner, authSecret, metricsToken }: Config): void {
  if (!partner) return;
  const guessed = Object.entries({ AUTH_SECRET: authSecret, METRICS_TOKEN: metricsToken }).flatMap(
    ([name, secret]) => (secret && isEasilyGuessed(secret) ? [name] : []),
  );
  if (guessed.length > 0)
    throw new ConfigError(
      `${guessed.join(" and ")} ${guessed.length === 1 ? "is" : "are"} easily guessed. Take one from \`openssl rand -hex 32\`; what had the old AUTH_SECRET goes into AUTH_SECRET_PREVIOUS.`,
    );
}

/** Reads the whole environment once; an empty value counts as absent. Throws a ConfigError that names every fault. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new ConfigError(
      names.map((name) => `${name} must be ${meanings[name] ?? "set differently"}.`).join(" "),
    );
  }
  const e = parsed.data;

  const credentials = {
    PARTNER_API_URL: e.PARTNER_API_URL,
    PARTNER_APP_ID: e.PARTNER_APP_ID,
    PARTNER_APP_SECRET: e.PARTNER_APP_SECRET,
  };
  const missing = Object.entries(credentials).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length === 1 || missing.length === 2)
    throw new ConfigError(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing. ` +
        "Set all three PARTNER_API_URL, PARTNER_APP_ID and PARTNER_APP_SECRET to use that platform, or none to run on the sandbox.",
    );
  const { PARTNER_API_URL: apiUrl, PARTNER_APP_ID: appId, PARTNER_APP_SECRET: appSecret } = e;
  const partner = apiUrl && appId && appSecret ? { apiUrl, appId, appSecret } : null;
  if (partner && !e.AUTH_SECRET)
    throw new ConfigError(
      "AUTH_SECRET is missing. With a real platform it must be yours: at least 32 random characters, for example from `openssl rand -hex 32`.",
    );
  const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = e;
  if (!email !== !password)
    throw new ConfigError(
      "BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD go together: set both or neither.",
    );
  if (email && password && isOwnAddress(password, email))
    throw new ConfigError("BOOTSTRAP_ADMIN_PASSWORD must not be the e-mail address.");
  if (e.BOOTSTRAP_ADMIN_RESET === "true" && !email)
    throw new ConfigError("BOOTSTRAP_ADMIN_RESET needs BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD.");
  const oidc = readOidcSettings(e);
  if (oidc.fault) throw new ConfigError(oidc.fault);

  return {
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL ? new URL(e.PUBLIC_URL).origin : null,
    trustedProxies: e.TRUSTED_PROXIES,
    // Without a database to share there is no other server to go to.
    drainSeconds: e.DATABASE_URL ? e.DRAIN_SECONDS : 0,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL ?? null,
    partner,
    serviceUid: e.PARTNER_SERVICE_UID,
    authSecret: e.AUTH_SECRET ?? null,
    previousAuthSecrets: e.AUTH_SECRET_PREVIOUS ?? [],
    firstAdministrator: email && password ? { email, password } : null,
    resetsFirstAdministrator: e.BOOTSTRAP_ADMIN_RESET === "true",
    singleSignOn: oidc.settings,
    idleSignOutMinutes: e.IDLE_SIGN_OUT_MINUTES,
    secondFactorFor: secondFactorFor(e.REQUIRE_SECOND_FACTOR, partner !== null),
    sandbox: { port: e.SANDBOX_PORT, speed: e.SANDBOX_SPEED, replayDir: e.SANDBOX_REPLAY_DIR ?? null },
    platformCallsPerSecond: e.PLATFORM_CALLS_PER_SECOND,
    deviceLookupsPerSecond: e.DEVICE_LOOKUPS_PER_SECOND,
    statusRefreshesPerSecond: e.ROUNDS_PER_SECOND,
    importRowsPerSecond: e.IMPORT_ROWS_PER_SECOND,
    auditKeepDays: e.AUDIT_KEEP_DAYS ?? null,
    // On the sandbox a line for each request would bury the address to open.
    logLevel: e.LOG_LEVEL ?? (partner ? "info" : "warn"),
    metricsToken: e.METRICS_TOKEN ?? null,
    tracesUrl: e.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    securityContact: e.SECURITY_CONTACT ?? null,
  };
}
