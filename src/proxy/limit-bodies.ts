import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { largestImportBytes } from "#contract/import.ts";
import { Failure } from "./failure.ts";
import { unusable } from "./imports/read-file.ts";

const maxBodyBytes = 100 * 1024;

const limitTo = (maxSize: number, failure: Failure) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw failure;
    },
  });

const limitBody = limitTo(maxBodyBytes, new Failure("invalid-request", { detail: "The body is too large." }));
const limitFile = limitTo(largestImportBytes, unusable("too-large"));

/** Refuses a body larger than anything that is asked for; only a file of patients may be large. */
export const limitBodies = createMiddleware(function limitBodies(c, next) {
  return (c.req.path === "/api/imports" ? limitFile : limitBody)(c, next);
});
