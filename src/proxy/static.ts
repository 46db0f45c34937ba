import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const self = "'self'";

/** The built client from `folder`: precompressed, hashed files cached for good, every page address the same document. */
export function createStatic(folder: string): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      referrerPolicy: "no-referrer",
      // TLS ends at the reverse proxy in front, which is where this belongs.
      strictTransportSecurity: false,
      permissionsPolicy: { camera: ["self"], microphone: [], geolocation: [] },
      contentSecurityPolicy: {
        defaultSrc: [self],
        scriptSrc: [self],
        // Mantine and Recharts set style attributes.
        styleSrc: [self, "'unsafe-inline'"],
        imgSrc: [self, "data:"],
        connectSrc: [self],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: [self],
        frameAncestors: ["'none'"],
      },
    }),
  );
  app.use(async function cacheHashedFiles(c, next) {
    await next();
    const hashed = c.req.path.startsWith("/assets/") && c.res.ok;
    c.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  });
  app.use(serveStatic({ root: folder, precompressed: true }));
  app.get("*", async (c, next) => {
    if (!c.req.header("accept")?.includes("text/html")) return c.notFound();
    return serveStatic({ path: join(folder, "index.html"), precompressed: true })(c, next);
  });
  return app;
}
