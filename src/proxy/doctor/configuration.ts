import { type Config, ConfigError, isEasilyGuessed, isMonotonous, refuseGuessedSecrets } from "../config.ts";
import { loopback } from "../http/own-origin.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

function examineAddress({ host, publicUrl }: Config): Finding {
  const what = "address";
  if (publicUrl === null)
    return loopback.has(host)
      ? ok(what, "only this machine can open it. For others put TLS in front and set PUBLIC_URL.")
      : fail(
          what,
          `it listens on ${host}, but PUBLIC_URL is missing: sign-in from another machine will be refused.`,
        );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "http:" && !loopback.has(hostname))
    return fail(
      what,
      `PUBLIC_URL is ${publicUrl}: passwords and readings would cross the network in the open. Put TLS in front and make it https.`,
    );
  if (protocol === "https:" && !loopback.has(host))
    return warn(
      what,
      `it listens on ${host} without TLS: only the proxy in front may reach that port (HOST=127.0.0.1 where both are one machine).`,
    );
  return ok(what, `people open ${publicUrl}.`);
}

/** Why a server would not start with these settings, complete as they are. */
function examineStart(config: Config): Finding[] {
  try {
    refuseGuessedSecrets(config);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [fail("start", error.message)];
  }
}

function examineSecrets({
  authSecret,
  previousAuthSecrets,
  metricsToken,
  partner,
  firstAdministrator,
}: Config): Finding[] {
  const poor = Object.entries({
    AUTH_SECRET: authSecret,
    METRICS_TOKEN: metricsToken,
    PARTNER_APP_SECRET: partner?.appSecret,
  }).flatMap(([name, secret]) =>
    secret && (name.startsWith("PARTNER") ? isMonotonous : isEasilyGuessed)(secret) ? [name] : [],
  );
  return [
    ...poor.map((name) =>
      warn(
        "secrets",
        `${name} is easily guessed. ${name.startsWith("PARTNER") ? "Ask the vendor whether it is the right one." : "Take one from `openssl rand -hex 32`."}`,
      ),
    ),
    ...(previousAuthSecrets.includes(authSecret ?? "")
      ? [fail("secrets", "AUTH_SECRET is also in AUTH_SECRET_PREVIOUS. Put the new one into AUTH_SECRET.")]
      : []),
    ...(previousAuthSecrets.length > 0
      ? [
          warn(
            "secrets",
            "AUTH_SECRET_PREVIOUS is still set. Twelve hours after every server has started with the new AUTH_SECRET it can go, but rows of the audit trail that it signed cannot be checked then.",
          ),
        ]
      : []),
    ...(partner && firstAdministrator
      ? [
          warn(
            "secrets",
            "BOOTSTRAP_ADMIN_PASSWORD is set. Once the first administrator can sign in, take it out.",
          ),
        ]
      : []),
  ];
}

/** What can be said of the settings themselves. */
export function examineConfiguration(config: Config): Finding[] {
  const { partner } = config;
  const what = partner
    ? `the platform at ${new URL(partner.apiUrl).host}`
    : "the embedded sandbox, whose people are invented";
  const insecure =
    partner &&
    new URL(partner.apiUrl).protocol === "http:" &&
    !loopback.has(new URL(partner.apiUrl).hostname);
  return [
    insecure
      ? fail(
          "configuration",
          "PARTNER_API_URL is not https: tokens and readings would cross the network in the open.",
        )
      : ok("configuration", `complete, for ${what}.`),
    examineAddress(config),
    ...examineStart(config),
    ...examineSecrets(config),
  ];
}
