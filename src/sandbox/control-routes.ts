import { Hono } from "hono";
import { type ClockRouteOptions, clockRoutes } from "./clock-routes.ts";
import { type Fault, type Faults, mostFaults, parseFault } from "./faults.ts";
import { fixedDevices } from "./fixed-devices.ts";
import { parseScene, type Scene } from "./scene.ts";

export interface ControlOptions extends ClockRouteOptions {
  begin: ((scene: Scene) => void) | undefined;
  faults: Faults;
  inject(fault: Fault): void;
  requests: readonly unknown[];
}

/** For tests and demonstrations; no real platform has these. */
export function controlRoutes(options: ControlOptions): Hono {
  const { begin, faults, inject, requests } = options;
  return new Hono()
    .basePath("/sandbox")
    .route("/clock", clockRoutes(options))
    .post("/scene", async (c) => {
      const scene = parseScene(await c.req.json().catch(() => null));
      if (typeof scene === "string") return c.json({ error: scene }, 400);
      if (!begin) return c.json({ error: "this sandbox sets no scenes" }, 409);
      begin(scene);
      return c.json({}, 202);
    })
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
