import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { ProblemCode } from "#contract/problem-codes.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { catchUp } from "../roster/catch-up.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { PatientStore } from "../store/patients.ts";

const longestMs = 20_000;
const refusals: Partial<Record<number, ProblemCode>> = {
  400: "invalid-request",
  404: "not-found",
  409: "changed-meanwhile",
};

export interface StageOptions {
  /** The sandbox's address: its control lies beside its endpoints. */
  sandboxUrl: string;
  fetch: (request: Request) => Promise<Response>;
  patients: Pick<PatientStore, "takeDue">;
  statuses: Pick<StatusReader, "renew">;
  now: () => number;
  log: Logger;
}

/**
 * The sandbox's clock and faults for whoever presents it, as open as its one-click sign-in: mounted only where the
 * platform is the sandbox.
 */
export function createStageRoutes(options: StageOptions): Hono<AppEnv> {
  async function pass(c: Context<AppEnv>, name: string): Promise<Response> {
    const { method } = c.req;
    const hasBody = method === "POST";
    const request = new Request(new URL(`/sandbox/${name}`, options.sandboxUrl), {
      method,
      ...(hasBody && { headers: { "content-type": "application/json" }, body: await c.req.text() }),
      signal: AbortSignal.timeout(longestMs),
    });
    const answer = await options.fetch(request).catch((cause: unknown) => {
      throw new Failure("platform-unreachable", { cause });
    });
    const told = (await answer.json()) as { error?: string };
    const code = refusals[answer.status];
    if (code) throw new Failure(code, { detail: told.error ?? "" });
    return c.json(told, answer.status as ContentfulStatusCode);
  }

  return new Hono<AppEnv>()
    .get("/clock", (c) => pass(c, "clock"))
    .post("/clock", async (c) => {
      const answer = await pass(c, "clock");
      // Nothing in the list is of before the jump once it is told.
      await catchUp(options);
      return answer;
    })
    .post("/scene", (c) => pass(c, "scene"))
    .get("/faults", (c) => pass(c, "faults"))
    .post("/faults", (c) => pass(c, "faults"))
    .delete("/faults", (c) => pass(c, "faults"));
}
