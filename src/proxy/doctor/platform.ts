import type { Failure } from "../failure.ts";
import { type ProbeAnswer, probePlatform } from "../platform/probe.ts";
import { codeOf, type Finding, fail, ok, warn } from "./finding.ts";

/** The platform rejects requests that are older. */
const signatureLifeMs = 5 * 60_000;
const noticeableMs = 30_000;

const unreachable: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  ENOTFOUND: "this name does not exist",
  EAI_AGAIN: "names cannot be looked up",
  ETIMEDOUT: "there is no way there",
  EHOSTUNREACH: "there is no way there",
  ENETUNREACH: "there is no way there",
  UND_ERR_CONNECT_TIMEOUT: "there is no way there",
  UND_ERR_SOCKET: "the connection was cut",
};

const isTls = (code: string) =>
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$)/.test(code);

function wordsOf({ code, details: { platform, cause } }: Failure): string {
  const said = platform
    ? ` It said: HTTP ${platform.httpStatus}, code ${platform.code}, "${platform.message}".`
    : "";
  switch (code) {
    case "platform-unauthorized":
      if (platform?.code === null)
        return `lets us in nowhere, and not in the Partner API's own words: a gateway or firewall before it? Is PARTNER_API_URL its address?${said}`;
      return `does not accept us (1001): wrong PARTNER_APP_ID or PARTNER_APP_SECRET, or a wrong clock.${said}`;
    case "platform-refused":
      return `knows us and refuses (1002): ask the vendor what this app may do.${said}`;
    case "platform-busy":
      return `asks for fewer requests (429); try again later.${said}`;
    case "platform-timeout":
      return "did not answer in time, three times. Look at the network and at PARTNER_API_URL.";
    case "platform-malformed":
      return `answers, but not as the Partner API does. Is PARTNER_API_URL its address?${said}`;
  }
  if (platform) return `is in trouble.${said}`;
  const reason = codeOf(cause);
  if (isTls(reason))
    return `cannot be reached: TLS fails (${reason}). PARTNER_API_URL is no https address, or its certificate is another name's, out of date or not trusted here (NODE_EXTRA_CA_CERTS names further authorities).`;
  const words = unreachable[reason];
  return `cannot be reached: ${words ? `${words} (${reason})` : reason || "the connection failed"}. Look at PARTNER_API_URL, the network and its proxies.`;
}

function clockFinding({ aheadMs }: ProbeAnswer): Finding {
  if (aheadMs === null) return warn("clock", "the platform's answer has no date to compare with.");
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const words =
    seconds === 0
      ? "agrees with the platform's"
      : `is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} the platform's`;
  if (Math.abs(aheadMs) >= signatureLifeMs)
    return fail("clock", `${words}; signatures are valid for 5 minutes. Set this machine's clock (NTP).`);
  if (Math.abs(aheadMs) >= noticeableMs)
    return warn("clock", `${words}; at 5 minutes every request is refused. Set this machine's clock (NTP).`);
  return ok("clock", `${words}.`);
}

/** Makes one signed call, and says in words what came back. */
export async function examinePlatform(options: Parameters<typeof probePlatform>[0]): Promise<Finding[]> {
  const answer = await probePlatform(options);
  const { failure } = answer;
  const spoken = failure === null || failure.details.platform !== undefined;
  const what = "platform";
  const { host } = new URL(options.baseUrl);
  return [
    failure ? fail(what, `${host} ${wordsOf(failure)}`) : ok(what, `${host} accepts our signature.`),
    ...(spoken || answer.aheadMs !== null ? [clockFinding(answer)] : []),
  ];
}
