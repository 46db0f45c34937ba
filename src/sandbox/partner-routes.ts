import { Hono } from "hono";
import { requireSignature } from "./partner-auth.ts";
import { deviceRoutes } from "./partner-devices.ts";
import type { PartnerEnv, PartnerRouteOptions } from "./partner-env.ts";
import { userRoutes } from "./partner-users.ts";

/** The vendor's five endpoints. */
export const partnerRoutes = (options: PartnerRouteOptions): Hono<PartnerEnv> =>
  new Hono<PartnerEnv>()
    .use(requireSignature(options))
    .route("/", userRoutes(options))
    .route("/", deviceRoutes(options));
