import { Hono, type MiddlewareHandler } from "hono";
import { NONCE, secureHeaders } from "hono/secure-headers";

const self = "'self'";
const none = "'none'";
const yearS = 365 * 86_400;

/**
 * The whole list is in .deploy/README.md; `page` may run our own scripts and use the camera,
 * an answer of the API may do nothing.
 */
export function createSecurityHeaders(options: { page: boolean; publicUrl: string }): MiddlewareHandler {
  const isPage = options.page;
  return secureHeaders({
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    // Only the host's operator knows whether its subdomains have TLS too,
    // so they and preloading are left out.
    strictTransportSecurity: options.publicUrl.startsWith("https:") ? `max-age=${yearS}` : false,
    permissionsPolicy: {
      camera: isPage ? ["self"] : [],
      microphone: [],
      geolocation: [],
      payment: [],
      usb: [],
      serial: [],
    },
    contentSecurityPolicy: isPage
      ? {
          defaultSrc: [self],
          scriptSrc: [self],
          // Mantine adds its theme's variables as a style element, which carries the
          // nonce; style attributes are set by script.
          styleSrc: [self, NONCE],
          imgSrc: [self, "data:"],
          connectSrc: [self],
          objectSrc: [none],
          baseUri: [none],
          formAction: [self],
          frameAncestors: [none],
        }
      : { defaultSrc: [none], baseUri: [none], formAction: [none], frameAncestors: [none] },
  });
}

/** Those of an answer of the API: always the same ones. */
export async function securityHeadersOf(publicUrl: string): Promise<Record<string, string>> {
  const app = new Hono().use(createSecurityHeaders({ page: false, publicUrl }));
  const answer = await app.get("/", (c) => c.body(null)).request("/");
  return Object.fromEntries(answer.headers);
}
