import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { Problem } from "#contract/problem.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { databaseTrouble, troubleWords } from "../store/database-trouble.ts";
import { isUnstorable } from "../store/storable.ts";

const titles: Record<Problem["code"], string> = {
  "invalid-request": "The request cannot be used",
  "range-invalid": "The time range cannot be used",
  "not-signed-in": "Not signed in",
  forbidden: "Not allowed",
  "second-factor-needed": "A second factor is required",
  "not-found": "Not found",
  "patient-unknown": "No such patient",
  "device-unknown": "No such device",
  "changed-meanwhile": "Somebody else changed this meanwhile",
  "invitation-unknown": "This link no longer works",
  "rate-limited": "Too many requests",
  "unsupported-media-type": "This kind of content is not taken here",
  "method-not-allowed": "This method is not answered",
  "body-too-slow": "The request took too long to arrive",
  "server-busy": "This server has too much to do",
  "platform-unreachable": "The platform cannot be reached",
  "platform-busy": "The platform asks for fewer requests",
  "platform-timeout": "The platform did not answer in time",
  "platform-unauthorized": "The platform does not accept us",
  "platform-refused": "The platform refuses",
  "platform-error": "The platform reports an error",
  "platform-malformed": "The platform's answer cannot be read",
  "database-unavailable": "The database cannot be used at the moment",
  "storage-full": "The disk of the database is full",
  "platform-mixed-up": "The platform's answer is about somebody else",
  internal: "Something failed here",
};

/** A restart of PostgreSQL is over in so long; room on a disk is made by somebody. */
const databaseRetryS = 2;
const storageRetryS = 30;
/**
 * No status of HTTP's own: who asked has gone, and nobody reads it. It is what logs
 * and metrics have, as nginx writes it.
 */
const goneStatus = 499;

function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Failure("invalid-request", { detail: "The body is not JSON.", cause: error });
  if (isUnstorable(error))
    return new Failure("invalid-request", {
      detail: "A text holds U+0000, which no name has.",
      cause: error,
    });
  const trouble = databaseTrouble(error);
  if (trouble === "full")
    return new Failure("storage-full", {
      detail: `${troubleWords.full} Nothing can be kept until there is room; then it goes on by itself.`,
      retryAfterS: storageRetryS,
      cause: error,
    });
  if (trouble)
    return new Failure("database-unavailable", {
      detail: `${troubleWords[trouble]} Whether a change was kept has to be looked at before it is sent again.`,
      retryAfterS: databaseRetryS,
      cause: error,
    });
  return new Failure("internal", { detail: "Try again; if it stays, quote the request ID.", cause: error });
}

/**
 * The one error handler: every failure becomes RFC 9457 problem details, and its inner side goes to the log.
 */
export const createOnError =
  (log: Logger) =>
  (error: Error, c: Context<AppEnv>): Response => {
    const { code, status, details } = toFailure(error);
    const requestId = c.get("requestId");
    if (status >= 500 && c.req.raw.signal.aborted) {
      log.info({ requestId, err: error }, "Who asked did not wait for the answer");
      return c.body(null, goneStatus as ContentfulStatusCode);
    }
    const level = status >= 500 ? "error" : "info";
    log[level]({ requestId, code, ...details.logged, err: details.cause }, titles[code]);
    const { detail, platform, fields, retryAfterS } = details;
    const problem: Problem = {
      type: "about:blank",
      title: titles[code],
      status,
      detail,
      code,
      requestId,
      platform,
      fields,
      retryAfterS,
    };
    return c.body(JSON.stringify(problem), status as ContentfulStatusCode, {
      "content-type": "application/problem+json",
      ...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
    });
  };
