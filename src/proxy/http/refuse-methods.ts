import { createMiddleware } from "hono/factory";
import { Failure } from "../failure.ts";

/** What browsers and probes ask with. TRACE would send cookies back to the script that asked. */
const answered: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export const refuseOtherMethods = createMiddleware(function refuseOtherMethods(c, next) {
  if (!answered.includes(c.req.method)) {
    c.header("allow", answered.join(", "));
    throw new Failure("method-not-allowed", { detail: "This method is not answered here." });
  }
  return next();
});
