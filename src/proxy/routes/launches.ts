import { Hono } from "hono";
import type * as z from "zod/mini";
import { launchBegun, launchGoesOn, launchOpens, launchReturned } from "#contract/launch.ts";
import { hostOf } from "#contract/receiver-address.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { createLaunchCookies } from "../auth/launch-cookies.ts";
import { createLaunches, type LaunchOptions, launchLifeMs, type Tried } from "../launch/launches.ts";
import { describe, valid } from "./openapi.ts";

export interface LaunchRoutesOptions extends LaunchOptions {
  requireRole: RequireRole;
  publicUrl: string;
}

export const redirectUrlOf = (publicUrl: string): string => `${publicUrl}/launch/return`;

/** What the trail says of a try: the record by its name and host, and why it came to nothing. */
const detailsOf = (tried: Tried<unknown>): Record<string, string> => ({
  ...(tried.issuer && { issuer: tried.issuer.name, address: hostOf(tried.issuer.baseUrl) }),
  ...("trouble" in tried && { problem: tried.trouble.problem }),
});

const failureOf = ({ issuer, trouble }: Extract<Tried<unknown>, { trouble: unknown }>) => ({
  problem: trouble.problem,
  issuer: issuer?.name ?? null,
  said: trouble.said,
  sought: trouble.sought,
});

/** A health record opens the patient who is open there, for somebody who is signed in here. */
export function createLaunchRoutes(options: LaunchRoutesOptions): Hono<AppEnv> {
  const { requireRole, publicUrl } = options;
  const launches = createLaunches(options);
  const cookies = createLaunchCookies(publicUrl, launchLifeMs);
  const redirectUrl = redirectUrlOf(publicUrl);
  const outcomeOf = (tried: Tried<unknown>) => ("trouble" in tried ? "failed" : "ok");

  return new Hono<AppEnv>()
    .use(requireRole(...glucoseRoles))
    .post(
      "/",
      describe("Begin a launch from a health record: where the browser goes on", launchGoesOn),
      valid("json", launchBegun),
      async (c) => {
        const tried = await launches.begin(c.req.valid("json"), c.get("staff").id, redirectUrl);
        await c.get("audit")({
          action: "launch.begin",
          outcome: outcomeOf(tried),
          details: detailsOf(tried),
        });
        if ("trouble" in tried) return c.json(failureOf(tried) satisfies z.infer<typeof launchGoesOn>);
        const { url, state, verifier } = tried.found;
        c.header("set-cookie", cookies.keep(state, verifier), { append: true });
        return c.json({ url });
      },
    )
    .post(
      "/return",
      describe("Finish a launch with what the record sent back: whose page is opened", launchOpens),
      valid("json", launchReturned),
      async (c) => {
        const returned = c.req.valid("json");
        const verifier = cookies.read(c.req.raw.headers, returned.state);
        const tried = await launches.finish(returned, verifier, c.get("staff").id, redirectUrl);
        await c.get("audit")({
          action: "launch.open",
          subject: "trouble" in tried ? undefined : tried.found.patient.id,
          outcome: outcomeOf(tried),
          details: {
            ...detailsOf(tried),
            ...("found" in tried && tried.found.isByNumberAlone && { compared: "number" }),
          },
        });
        if (verifier !== null) c.header("set-cookie", cookies.forget(returned.state), { append: true });
        if ("trouble" in tried) return c.json(failureOf(tried) satisfies z.infer<typeof launchOpens>);
        return c.json({ patientId: tried.found.patient.id });
      },
    );
}
