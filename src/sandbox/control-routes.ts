import { Hono } from "hono";
import { type Fault, type Faults, mostFaults, parseFault } from "./faults.ts";
import { fixedDevices } from "./fixed-devices.ts";

export interface ControlOptions {
  now: () => number;
  faults: Faults;
  inject(fault: Fault): void;
  requests: readonly unknown[];
}

/** For tests and demonstrations; no real platform has these. */
export function controlRoutes({ now, faults, inject, requests }: ControlOptions): Hono {
  return new Hono()
    .basePath("/sandbox")
    .get("/clock", (c) => c.json({ nowMs: now() }))
    .get("/faults", (c) => c.json({ active: faults.active }))
    .post("/faults", async (c) => {
      const fault = parseFault(await c.req.json().catch(() => null));
      if (typeof fault === "string") return c.json({ error: fault }, 400);
      if (faults.active.length >= mostFaults)
        return c.json({ error: `there are ${mostFaults} faults already: DELETE /sandbox/faults` }, 409);
      inject(fault);
      return c.json({ active: faults.active }, 201);
    })
    .delete("/faults", (c) => {
      faults.clear();
      return c.json({ active: faults.active });
    })
    .get("/requests", (c) => c.json({ requests }))
    .get("/devices", (c) => c.json({ devices: fixedDevices }));
}
