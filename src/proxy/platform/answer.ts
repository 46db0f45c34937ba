import { Failure } from "../failure.ts";
import { envelope } from "./wire.ts";

/** What came back over the line, unchecked. */
export interface Answer {
  /** Of the request. */
  path: string;
  httpStatus: number;
  bytes: Uint8Array;
}

/**
 * 1001 means a bad token or a bad request; only the message says which. A new token does not mend a request.
 */
const isAboutRequest = (message: string): boolean =>
  /signature|nonce|timestamp|request expired|app[\s_-]?(id|secret|key)|签名|时间戳|随机/i.test(message) &&
  !/token|令牌/i.test(message);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** What an answer without an envelope says by its HTTP status. */
function failureOf(httpStatus: number, logged: Record<string, unknown>): Failure {
  const platform = { code: null, message: "", httpStatus };
  const detail = `The platform answered with HTTP ${httpStatus}.`;
  if (httpStatus >= 500 || httpStatus === 408 || httpStatus === 425)
    return new Failure("platform-unreachable", { detail, platform, logged });
  // A gateway or a firewall before the platform refuses all our requests.
  if (httpStatus === 401 || httpStatus === 403)
    return new Failure("platform-unauthorized", { detail, platform, logged, isFinal: true });
  return new Failure("platform-malformed", {
    detail: `The platform's answer (HTTP ${httpStatus}) is not what its contract says.`,
    platform,
    logged,
    isFinal: httpStatus >= 400,
  });
}

/** The `data` of the envelope; throws a Failure for anything else. */
export function dataOf({ path, httpStatus, bytes }: Answer): unknown {
  const logged = { path, httpStatus };
  const parsed = envelope.safeParse(parseJson(bytes));
  const { code = null, msg = "", data } = parsed.data ?? {};
  if (code === 0 && httpStatus < 300) return data;
  const platform = { code, message: msg, httpStatus };
  if (code === 1001)
    throw new Failure("platform-unauthorized", {
      detail: "The platform does not accept our credentials or token (1001).",
      platform,
      logged,
      isFinal: isAboutRequest(msg),
    });
  if (code === 1002)
    throw new Failure("platform-refused", {
      detail: "The platform refuses this request (1002).",
      platform,
      logged,
    });
  if (httpStatus === 429)
    throw new Failure("platform-busy", {
      detail: "The platform asks for fewer requests (HTTP 429).",
      platform,
      logged,
    });
  // That all is well is no word on a request that HTTP says has failed.
  if (code === null || code === 0) throw failureOf(httpStatus, logged);
  throw new Failure("platform-error", {
    detail: `The platform answered with its code ${code}${httpStatus < 300 ? "" : ` and HTTP ${httpStatus}`}.`,
    platform,
    logged: { ...logged, platformCode: code },
  });
}

const longestRetryAfterS = 3600;

/** What a Retry-After says, in seconds or as a date by the platform's own clock; an hour at most. */
export function retryAfterOf({ headers }: Response, nowMs: number): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const dateMs = Date.parse(headers.get("date") ?? "");
  // Said twice, it is one text with a comma.
  const [, number] = /^(\d+(?:\.\d+)?) ?s?(?:,|$)/i.exec(text) ?? [];
  const seconds = number
    ? Number(number)
    : (Date.parse(text) - (Number.isNaN(dateMs) ? nowMs : dateMs)) / 1000;
  return seconds > 0 ? Math.min(longestRetryAfterS, Math.ceil(seconds)) : undefined;
}
