import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { PatientReadings } from "#client/api/readings.ts";
import { signOut } from "#client/app/sign-out.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

/** What is asked for of readings: with which tag, and how that is answered. */
function listen(server: Awaited<ReturnType<typeof open>>["server"]) {
  const calls: { tag: string | null; status: number }[] = [];
  server.events.on("response:mocked", ({ request, response }) => {
    if (new URL(request.url).pathname.endsWith("/readings"))
      calls.push({ tag: request.headers.get("if-none-match"), status: response.status });
  });
  return calls;
}

test("readings that are asked for again before the platform was read again are not sent again, and stay the very same", async () => {
  const { user, world, server, queryClient } = await open("/patients");
  const calls = listen(server);
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByRole("region", { name: "Statistics" });
  const held = () =>
    queryClient
      .getQueriesData<PatientReadings>({ queryKey: ["patient"] })
      .flatMap(([key, data]) => (["readings", "recent"].includes(String(key[2])) && data ? [data] : []));
  // The period and what is recent.
  await waitFor(() => expect(held()).toHaveLength(2));
  const before = held();
  expect(new Set(calls.splice(0).map(({ tag }) => tag))).toEqual(new Set([null]));

  world.advance(30_000);
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await queryClient.refetchQueries({ queryKey: ["patient"] });
  expect(new Set(calls.splice(0).map(({ status }) => status))).toEqual(new Set([304]));
  for (const [index, data] of held().entries()) expect(data).toBe(before[index]);

  world.advance(6 * 60_000);
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await queryClient.refetchQueries({ queryKey: ["patient"] });
  const renewed = calls.splice(0);
  expect(renewed.every(({ tag }) => tag !== null)).toBe(true);
  expect(renewed.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
  // What lies before the period may be as it was.
  const changed = held().flatMap((data, index) =>
    data === before[index] ? [] : [[data, before[index]] as const],
  );
  expect(changed.length).toBeGreaterThanOrEqual(2);
  for (const [data, old] of changed) expect(data.asOfMs).toBeGreaterThan(old?.asOfMs ?? 0);
});

test("after signing out nothing is known of what was read before", async () => {
  const { user, router, server, queryClient } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByRole("region", { name: "Statistics" });
  await act(() => signOut(queryClient));
  await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
  const calls = listen(server);
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  // Signing in leads back to the patient.
  await screen.findByRole("region", { name: "Statistics" });
  expect(new Set(calls.map(({ tag }) => tag))).toEqual(new Set([null]));
});
