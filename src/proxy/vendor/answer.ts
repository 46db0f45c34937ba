import { Failure } from "../failure.ts";
import { envelope } from "./wire.ts";

/** What came back over the line, before anybody has looked at it. */
export interface Answer {
  /** Of the request. */
  path: string;
  httpStatus: number;
  bytes: Uint8Array;
  /** Whole seconds before which the platform does not want to be asked again. */
  retryAfterS?: number | undefined;
}

/** 1001 is said of a token and of a request alike; only its words tell which. A new token does not mend a request. */
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

/** The `data` of the envelope; throws a Failure for whatever else came. */
export function dataOf({ path, httpStatus, bytes, retryAfterS }: Answer): unknown {
  const logged = { path, httpStatus };
  const parsed = envelope.safeParse(parseJson(bytes));
  if (httpStatus === 429)
    throw new Failure("platform-busy", {
      detail: "The platform asks for fewer requests (HTTP 429).",
      platform: { code: parsed.data?.code ?? null, message: parsed.data?.msg ?? "", httpStatus },
      retryAfterS,
      logged,
    });
  if (!parsed.success) {
    const platform = { code: null, message: "", httpStatus };
    if (httpStatus >= 500)
      throw new Failure("platform-unreachable", {
        detail: `The platform answered with HTTP ${httpStatus}.`,
        platform,
        retryAfterS,
        logged,
      });
    throw new Failure("platform-malformed", {
      detail: `The platform's answer (HTTP ${httpStatus}) is not what its contract says.`,
      platform,
      logged,
    });
  }
  const { code, msg, data } = parsed.data;
  if (code === 0 && httpStatus < 400) return data;
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
  throw new Failure("platform-error", {
    detail: `The platform answered with its code ${code}.`,
    platform,
    retryAfterS,
    logged: { ...logged, platformCode: code },
  });
}

const longestRetryAfterS = 3600;

/** What a Retry-After says, in seconds or as a date by the platform's own clock; an hour at most. */
export function retryAfterOf({ status, headers }: Response, nowMs: number): number | undefined {
  const text = status >= 400 ? headers.get("retry-after")?.trim() : undefined;
  if (!text) return undefined;
  const dateMs = Date.parse(headers.get("date") ?? "");
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : (Date.parse(text) - (Number.isNaN(dateMs) ? nowMs : dateMs)) / 1000;
  return seconds > 0 ? Math.min(longestRetryAfterS, Math.ceil(seconds)) : undefined;
}
