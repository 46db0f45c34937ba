import { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import * as z from "zod/mini";
import { problem } from "#contract/problem.ts";
import type { AppEnv } from "../../app-env.ts";
import { cookiePrefixFor } from "../../auth/browser-cookie.ts";
import { completePaths, componentsWith, type Paths } from "./complete.ts";
import { groups } from "./groups.ts";

const description = `Glucose sensors of a clinic's patients.

A program sends its key with every request: \`Authorization: Bearer tl_…\`. An administrator of the clinic makes it, for a role and until a day, and can revoke it or turn all exchange off. A key may ask ten times a second, after a pause two hundred times at once; beyond that it is 429 with Retry-After. Each look of a program stands in the clinic's audit trail under the key's name.

Times are Unix milliseconds, glucose is in mmol/L. What identifies people is asked for by POST, so that it stands in no address. Failures are RFC 9457 problem details with a stable \`code\`, under /fhir FHIR's OperationOutcome.`;

/** `GET /api/openapi.json`: what `app` answers, with what of it is for whom. */
export function createApiDocumentRoute(app: Hono<AppEnv>, publicUrl: string): Hono<AppEnv> {
  const make = async () => {
    const { paths, components } = await generateSpecs(app, { excludeStaticFile: false });
    const { $schema, ...problemSchema } = z.toJSONSchema(problem);
    return {
      openapi: "3.1.0",
      info: { title: "Trendline", version: "1", description },
      servers: [{ url: publicUrl, description: "This server" }],
      tags: groups.map(({ name, description }) => ({ name, description })),
      paths: completePaths(paths as Paths),
      components: {
        ...components,
        ...componentsWith(problemSchema, `${cookiePrefixFor(publicUrl)}.session_token`),
      },
    };
  };
  let made: ReturnType<typeof make> | undefined;
  return new Hono<AppEnv>().get("/", async (c) => {
    made ??= make();
    return c.json(await made);
  });
}
