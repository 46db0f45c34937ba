import { Hono } from "hono";
import { casePdfQuery } from "#contract/cases.ts";
import { roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { makePdf } from "../pdf/make-pdf.ts";
import { type CaseRouteOptions, noSuchCase, withSensor } from "./cases.ts";
import { describeFile, valid } from "./openapi.ts";

const pdf = "application/pdf";

/** A case as a PDF file. Its name has the sensor and the day, and nobody. */
export function createCasePdfRoute(
  options: CaseRouteOptions & { letterhead: Letterhead | null },
): Hono<AppEnv> {
  const { cases, requireRole, letterhead, now } = options;
  const routes = new Hono<AppEnv>();
  routes.get(
    "/:id/pdf",
    requireRole(...roles),
    describeFile("One case as a PDF file", pdf),
    valid("query", casePdfQuery),
    async (c) => {
      const asked = c.req.valid("query");
      const id = c.req.param("id");
      const found = await cases.byId(id);
      if (!found) throw noSuchCase();
      const { language, paper } = asked;
      const look = { action: "case.export", subject: id, details: { file: "pdf", language, paper } } as const;
      const bytes = await auditLook(c, look, async () =>
        makePdf({ kind: "case", of: await withSensor(options, found), asked, nowMs: now() }, letterhead),
      );
      const day = new Date(found.receivedAtMs).toISOString().slice(0, 10);
      return c.body(bytes, 200, {
        "content-type": pdf,
        "content-disposition": `attachment; filename="case-${found.serial.replace(/[^\w-]/g, "_")}-${day}.pdf"`,
      });
    },
  );
  return routes;
}
