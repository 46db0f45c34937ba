import type { Problem } from "#contract/problem.ts";
import type { ProblemCode } from "#contract/problem-codes.ts";

const statusOf: Record<ProblemCode, number> = {
  "invalid-request": 400,
  "range-invalid": 400,
  "not-signed-in": 401,
  forbidden: 403,
  "second-factor-needed": 403,
  "not-found": 404,
  "patient-unknown": 404,
  "device-unknown": 404,
  "changed-meanwhile": 409,
  "invitation-unknown": 404,
  "rate-limited": 429,
  "unsupported-media-type": 415,
  "method-not-allowed": 405,
  "body-too-slow": 408,
  "server-busy": 503,
  "platform-unreachable": 502,
  "platform-busy": 503,
  "platform-timeout": 504,
  "platform-unauthorized": 502,
  "platform-refused": 502,
  "platform-error": 502,
  "platform-malformed": 502,
  "database-unavailable": 503,
  "storage-full": 503,
  "platform-mixed-up": 502,
  internal: 500,
};

interface Details {
  /** One English sentence for a reader without our client. */
  detail?: string;
  platform?: NonNullable<Problem["platform"]>;
  fields?: NonNullable<Problem["fields"]>;
  /** Before so many seconds, trying again is of no use. */
  retryAfterS?: number | undefined;
  /** The same would be answered again: no automatic retry. */
  isFinal?: boolean;
  /** For the log only. Never a token, a signature, a name or a glucose value. */
  logged?: Record<string, unknown>;
  cause?: unknown;
}

/** The one error type of the proxy: everything but `cause` and `logged` goes to the caller. */
export class Failure extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: Details;
  constructor(code: ProblemCode, details: Details = {}) {
    super(details.detail ?? code, { cause: details.cause });
    this.name = "Failure";
    this.code = code;
    this.status = statusOf[code];
    this.details = details;
  }
}
