import { Hono } from "hono";

const yearMs = 365 * 86_400_000;

/** RFC 9116: where to report a weakness. Without an address there is no such file. */
export function createSecurityText(contact: string | null, now: () => number): Hono {
  const routes = new Hono();
  if (contact === null) return routes;
  const uri = contact.includes(":") ? contact : `mailto:${contact}`;
  return routes.get("/.well-known/security.txt", (c) =>
    c.text(`Contact: ${uri}\nExpires: ${new Date(now() + yearMs).toISOString()}\n`),
  );
}
