import { Hono, type MiddlewareHandler } from "hono";
import { NONCE, secureHeaders } from "hono/secure-headers";

const self = "'self'";
const none = "'none'";
const yearS = 365 * 86_400;

interface SecurityHeadersOptions {
  page: boolean;
  publicUrl: string;
  /** Whose pages may show this in a frame: nobody's, unless they are named. */
  frameAncestors?: readonly string[] | undefined;
}

/**
 * The whole list is in .deploy/README.md; `page` may run our own scripts and use the camera,
 * an answer of the API may do nothing. Who may frame what is said here alone.
 */
export function createSecurityHeaders(options: SecurityHeadersOptions): MiddlewareHandler {
  const { page: isPage, frameAncestors = [] } = options;
  const framedBy = frameAncestors.length > 0 ? [...frameAncestors] : [none];
  return secureHeaders({
    referrerPolicy: "no-referrer",
    // It knows no list of origins.
    xFrameOptions: frameAncestors.length > 0 ? false : "DENY",
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
          frameAncestors: framedBy,
        }
      : { defaultSrc: [none], baseUri: [none], formAction: [none], frameAncestors: framedBy },
  });
}

/** Those of an answer of the API: always the same ones; and of a page without scripts that these may frame. */
export async function securityHeadersOf(
  publicUrl: string,
  frameAncestors?: readonly string[],
): Promise<Record<string, string>> {
  const app = new Hono().use(createSecurityHeaders({ page: false, publicUrl, frameAncestors }));
  const answer = await app.get("/", (c) => c.body(null)).request("/");
  return Object.fromEntries(answer.headers);
}
