import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { except } from "hono/combine";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { Logger } from "pino";
import type { AppEnv } from "../app-env.ts";
import { type Brand, ownName } from "../brand/brand.ts";
import { brandedDocument } from "../brand/document.ts";
import type { Metrics } from "../observe/metrics.ts";
import { createObserveRequests } from "../observe/requests.ts";
import { createFramedLaunch } from "./framed-launch.ts";
import { createSecurityHeaders } from "./security-headers.ts";

const isHashed = (c: Context) => c.req.path.startsWith("/assets/");
const isDocument = (c: Context) => c.res.headers.get("content-type")?.startsWith("text/html") ?? false;

type StaticEnv = AppEnv & { Variables: SecureHeadersVariables };

export interface StaticOptions {
  /** Where the built client lies. */
  folder: string;
  publicUrl: string;
  log: Logger;
  metrics: Metrics;
  brand?: Brand | null;
  /** Whose pages may show the way in from a health record within a frame. */
  frameOrigins: () => Promise<readonly string[]>;
  /** Whose pages may show a patient or a sensor within a frame. */
  embedOrigins: readonly string[];
}

/** The built client: precompressed, hashed files cached for good, every page address the same document but that for pages of partners. */
export function createStatic({
  folder,
  publicUrl,
  log,
  metrics,
  brand = null,
  frameOrigins,
  embedOrigins,
}: StaticOptions): Hono<StaticEnv> {
  const app = new Hono<StaticEnv>();
  /**
   * The policy lets styles in that carry this answer's nonce; the document
   * hands it to the script that makes them.
   */
  const documentOf = (name: string) => {
    let last = { html: "", branded: "" };
    return async (c: Context<StaticEnv>) => {
      const html = await readFile(join(folder, name), "utf8");
      if (html !== last.html) last = { html, branded: brandedDocument(html, brand) };
      return c.html(last.branded.replace("__STYLE_NONCE__", c.get("secureHeadersNonce") ?? ""));
    };
  };
  const sendDocument = documentOf("index.html");
  // A page's address may name a patient.
  app.use(createObserveRequests({ log, metrics }, (c) => (isHashed(c) ? "/assets/*" : "page")));
  app.get("/launch", createFramedLaunch(publicUrl, frameOrigins, brand?.name ?? ownName));
  app.use("/embed", createSecurityHeaders({ page: true, publicUrl, frameAncestors: embedOrigins }));
  app.use(except("/embed", createSecurityHeaders({ page: true, publicUrl })));
  app.use(async function cacheHashedFiles(c, next) {
    await next();
    const forGood = isHashed(c) && c.res.ok && !isDocument(c);
    const how = isDocument(c) ? "no-store" : "no-cache";
    c.header("cache-control", forGood ? "public, max-age=31536000, immutable" : how);
  });
  app.use(async function refuseOtherMethods(c, next) {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    return c.text("Pages are only read.", 405, { allow: "GET, HEAD" });
  });
  app.get("/embed", documentOf("embed.html"));
  app.get("/", sendDocument).get("/index.html", sendDocument);
  app.use(serveStatic({ root: folder, precompressed: true }));
  app.get("*", async (c) => {
    // An asset that is not there is one of another version; the document in its place would be kept for good.
    if (isHashed(c) || !c.req.header("accept")?.includes("text/html")) return c.notFound();
    return sendDocument(c);
  });
  return app;
}
