import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { Root } from "#client/app/root.tsx";
import { setPreferences } from "#client/preferences.ts";
import { openAddress } from "#test/support/address.ts";
import { createWorld, type World } from "#test/support/world.ts";

const startMs = Date.UTC(2026, 10, 20, 9, 30);

/**
 * The rendered app before the real proxy before the sandbox, in one process: what
 * the browser sends to /api reaches them.
 */
export function serveWorld() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  afterEach(() => {
    server.resetHandlers();
    setPreferences({ language: "en", unit: "mmol/L" });
    vi.useRealTimers();
  });
  afterAll(() => server.close());

  /** Opens the app at an address, signed in through the demo's own button when a role is named. */
  return async function open(path: string, options: { role?: string; registered?: boolean } = {}) {
    // The browser's clock stands still as the world's does, however long the test takes.
    vi.setSystemTime(startMs);
    const world = await createWorld({ startMs });
    if (options.registered ?? true)
      for (const person of world.sandbox.cohort.slice(0, 5)) await world.proxy.registerPatient(person);
    server.use(forwardTo(world));
    const router = openAddress(path);
    const queryClient = createQueryClient();
    render(<Root queryClient={queryClient} />);
    return { world, server, router, queryClient, user: userEvent.setup() };
  };
}

function forwardTo(world: World) {
  const cookies = new Map<string, string>();
  return http.all("*/api/*", async ({ request }) => {
    const { pathname, search } = new URL(request.url);
    const body = request.method === "GET" ? null : await request.text();
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(request.headers);
    headers.delete("origin");
    headers.delete("accept-encoding");
    const response = await world.request(pathname + search, {
      method: request.method,
      headers,
      body,
      cookie,
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";")[0]?.split("=", 2) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  });
}
