import * as z from "zod";
import { isOwnAddress, newPassword } from "#contract/password.ts";
import { isOrigin } from "#contract/receiver-address.ts";
import { type Role, roles } from "#contract/staff.ts";
import { oidcSettings } from "./auth/oidc-settings.ts";
import { isSubnet } from "./http/client-address.ts";
import { areMissing, inputOf, orNull, refuse, sentenceOf, setting } from "./setting.ts";

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const httpUrl = z.url({ protocol: /^https?$/ });
const secret = z.string().min(32);
const trueOrFalse = () => z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" });

/** Null for the sandbox. */
const partner = z
  .object({
    apiUrl: setting(
      "PARTNER_API_URL",
      orNull(httpUrl),
      "the platform's address, such as https://partner-api.example.com",
    ),
    appId: setting("PARTNER_APP_ID", orNull(z.string())),
    appSecret: setting("PARTNER_APP_SECRET", orNull(z.string())),
  })
  .transform(({ apiUrl, appId, appSecret }, ctx) => {
    if (apiUrl && appId && appSecret) return { apiUrl, appId, appSecret };
    const needed = { PARTNER_API_URL: apiUrl, PARTNER_APP_ID: appId, PARTNER_APP_SECRET: appSecret };
    const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
    if (missing.length === 3) return null;
    return refuse(
      ctx,
      `${areMissing(missing)} ` +
        "Set all three PARTNER_API_URL, PARTNER_APP_ID and PARTNER_APP_SECRET to use that platform, or none to run on the sandbox.",
    );
  });

const firstAdministrator = z
  .object({
    email: setting("BOOTSTRAP_ADMIN_EMAIL", orNull(z.email()), "an e-mail address"),
    password: setting(
      "BOOTSTRAP_ADMIN_PASSWORD",
      orNull(z.pipe(z.string(), newPassword)),
      "at least 12 characters and none of the commonest passwords",
    ),
    /** Let in again at this start after a lost password or second factor. */
    reset: setting("BOOTSTRAP_ADMIN_RESET", trueOrFalse().default(false), "true or false"),
  })
  .transform(({ email, password, reset }, ctx) => {
    if (!email !== !password)
      return refuse(
        ctx,
        "BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD go together: set both or neither.",
      );
    if (email && password && isOwnAddress(password, email))
      return refuse(ctx, "BOOTSTRAP_ADMIN_PASSWORD must not be the e-mail address.");
    if (reset && !email)
      return refuse(ctx, "BOOTSTRAP_ADMIN_RESET needs BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD.");
    return email && password ? { email, password, reset } : null;
  });

/**
 * Every setting, once: the name that the program has for it, its variable, its
 * schema, and what to say when it is wrong.
 */
const settings = z.object({
  host: setting("HOST", z.string().default("127.0.0.1")),
  port: setting("PORT", integer(0, 65_535).default(4173), "a port number from 0 to 65535"),
  publicUrl: setting(
    "PUBLIC_URL",
    orNull(httpUrl.transform((text) => new URL(text).origin)),
    "an address such as https://trendline.clinic.example",
  ),
  /** Reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: setting(
    "TRUSTED_PROXIES",
    z
      .string()
      .default("")
      .transform((list) => list.split(/[\s,]+/).filter(Boolean))
      .refine((list) => list.every(isSubnet)),
    "addresses or subnets with commas between, such as 10.0.0.0/8,192.0.2.7",
  ),
  /** Pages of these may show a patient or a sensor in a frame; of no others. */
  embedOrigins: setting(
    "EMBED_ORIGINS",
    z
      .string()
      .default("")
      .transform((list) => list.split(/[\s,]+/).filter(Boolean))
      .refine((list) => list.every(isOrigin))
      // As browsers name them: without a port that is the usual one.
      .transform((list) => [...new Set(list.map((one) => new URL(one).origin))]),
    "origins with commas between, such as https://portal.partner.example, without a path or a pattern, and https unless it is this machine",
  ),
  /** How long it goes on answering after it was asked to stop, for a load balancer to notice. */
  drainSeconds: setting("DRAIN_SECONDS", integer(0, 600).default(5), "a number from 0 to 600"),
  dataDir: setting("DATA_DIR", z.string().default("data")),
  databaseUrl: setting(
    "DATABASE_URL",
    orNull(z.url({ protocol: /^postgres(ql)?$/ })),
    "an address such as postgres://user:password@host:5432/name",
  ),
  partner,
  serviceUid: setting("PARTNER_SERVICE_UID", z.string().default("trendline-service")),
  /** Null only in sandbox mode, where the server makes one. */
  authSecret: setting("AUTH_SECRET", orNull(secret), "at least 32 characters"),
  /** Secrets that are still read with, newest first. */
  previousAuthSecrets: setting(
    "AUTH_SECRET_PREVIOUS",
    z
      .string()
      .transform((text) => text.split(",").map((one) => one.trim()))
      .pipe(z.array(secret))
      .default([]),
    "at least 32 characters, or several such with commas between, newest first",
  ),
  firstAdministrator,
  /** Null without single sign-on. */
  singleSignOn: oidcSettings,
  idleSignOutMinutes: setting(
    "IDLE_SIGN_OUT_MINUTES",
    integer(2, 720).default(30),
    "a whole number of minutes from 2 to 720",
  ),
  requireSecondFactor: setting("REQUIRE_SECOND_FACTOR", orNull(trueOrFalse()), "true or false"),
  sandbox: z.object({
    port: setting("SANDBOX_PORT", integer(0, 65_535).default(0), "a port number from 0 to 65535"),
    speed: setting("SANDBOX_SPEED", orNull(z.coerce.number().min(1).max(1000)), "a number from 1 to 1000"),
    replayDir: setting("SANDBOX_REPLAY_DIR", orNull(z.string())),
  }),
  /** How many calls of the platform begin in a second, all callers together. */
  platformCallsPerSecond: setting(
    "PLATFORM_CALLS_PER_SECOND",
    integer(1, 10_000).default(100),
    "a number from 1 to 10000",
  ),
  /** How many devices of people's lists are asked for in a second, all lists together. */
  deviceLookupsPerSecond: setting(
    "DEVICE_LOOKUPS_PER_SECOND",
    integer(1, 1000).default(20),
    "a number from 1 to 1000",
  ),
  /** A sensor that ended so many hours early or more is replaced free of charge; null: nothing is said of that. */
  freeReplacementHours: setting(
    "FREE_REPLACEMENT_HOURS",
    orNull(integer(2, 8760)),
    "a whole number of hours from 2 to 8760",
  ),
  /** How many patients' statuses are refreshed in a second in the background at most; 0: none. */
  statusRefreshesPerSecond: setting(
    "ROUNDS_PER_SECOND",
    z.coerce.number().min(0).max(1000).default(60),
    "a number from 0 to 1000",
  ),
  /** How many rows of imported files are registered in a second, all files together. */
  importRowsPerSecond: setting(
    "IMPORT_ROWS_PER_SECOND",
    integer(1, 1000).default(20),
    "a number from 1 to 1000",
  ),
  /** How long the audit trail is kept; null for ever. */
  auditKeepDays: setting(
    "AUDIT_KEEP_DAYS",
    orNull(integer(1, 36_500)),
    "a whole number of days from 1 to 36500",
  ),
  logLevel: setting(
    "LOG_LEVEL",
    orNull(z.enum(["debug", "info", "warn", "error"])),
    "one of debug, info, warn, error",
  ),
  /** What a reader of /metrics must present; null: there is no such address. */
  metricsToken: setting("METRICS_TOKEN", orNull(secret), "at least 32 characters"),
  /** The OpenTelemetry collector that traces go to. */
  tracesUrl: setting(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    orNull(httpUrl),
    "a collector's address, such as http://127.0.0.1:4318",
  ),
  /** What a partner calls and shows the product as; null: as Trendline. */
  brandDir: setting("BRAND_DIR", orNull(z.string())),
  /** Where to report a weakness, for `/.well-known/security.txt`. */
  securityContact: setting(
    "SECURITY_CONTACT",
    orNull(z.union([z.email(), z.url({ protocol: /^https$/ })])),
    "an e-mail address or an https address",
  ),
});

/** Those who administer real people's data need one, unless the operator says otherwise. */
function secondFactorFor(isRequired: boolean | null, isReal: boolean): readonly Role[] {
  if (isRequired === null) return isReal ? ["administrator"] : [];
  return isRequired ? roles : [];
}

/** With what follows from several settings together. */
const configuration = settings.transform(({ requireSecondFactor, ...given }, ctx) => {
  const isReal = given.partner !== null;
  if (isReal && !given.authSecret)
    return refuse(
      ctx,
      "AUTH_SECRET is missing. With a real platform it must be yours: at least 32 random characters, for example from `openssl rand -hex 32`.",
    );
  return {
    ...given,
    // Without a database to share there is no other server to go to.
    drainSeconds: given.databaseUrl ? given.drainSeconds : 0,
    /** Who comes in by password in one of these roles needs a second factor. */
    secondFactorFor: secondFactorFor(requireSecondFactor, isReal),
    // On the sandbox a line for each request would bury the address to open.
    logLevel: given.logLevel ?? (isReal ? "info" : "warn"),
  };
});

export type Config = z.infer<typeof configuration>;

/** Configuration that cannot be used. The message is for the person who starts the program. */
export class ConfigError extends Error {}

const fewestCharacters = 10;
const placeholder = /change.?me|secret|password|example|placeholder|replace|trendline|your.?own/i;

/** Long enough and no secret all the same: few characters, or one piece again and again. */
export const isMonotonous = (secret: string): boolean =>
  new Set(secret).size < fewestCharacters || /^(.{1,8})\1+.{0,7}$/.test(secret);

/** Or what stands in a manual. */
export const isEasilyGuessed = (secret: string): boolean => isMonotonous(secret) || placeholder.test(secret);

/** Throws a ConfigError where a real platform's data would depend on a secret that is easily guessed. */
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

/**
 * Reads the whole environment once; an empty value counts as absent. Throws
 * a ConfigError that names every fault.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const parsed = configuration.safeParse(inputOf(configuration, env));
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => sentenceOf(configuration, issue));
  throw new ConfigError([...new Set(sentences)].join(" "));
}
