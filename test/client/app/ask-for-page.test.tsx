import { http } from "msw";
import { expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { askForPage } from "#client/app/root.tsx";
import { dayMs } from "#glucose/time.ts";
import { openAddress } from "#test/support/address.ts";
import { about, failing, serveFaults, signedInAs } from "./render-app.tsx";

const server = serveFaults();

/** What is asked for at a patient's address, before the page is there. */
async function askedBy(role: "clinician" | "support") {
  const asked: URL[] = [];
  server.use(
    about({ nowMs: Date.now() + dayMs }),
    signedInAs(role),
    http.get("*/api/patients/p1/*", ({ request }) => {
      asked.push(new URL(request.url));
      return failing();
    }),
    http.get("*/api/patients/p1", ({ request }) => {
      asked.push(new URL(request.url));
      return failing({ code: "patient-unknown", status: 404 });
    }),
  );
  openAddress("/patients/p1?days=3");
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { retry: false } });
  await askForPage(queryClient);
  await expect.poll(() => queryClient.isFetching()).toBe(0);
  return asked;
}

test("a patient's readings are asked for by the server's clock before the page is there", async () => {
  const asked = await askedBy("clinician");
  const ranges = asked.filter(({ pathname }) => pathname.endsWith("/readings"));
  const days = ranges.map(({ searchParams }) => [
    // To the minute, and the clock runs on.
    Math.round((Number(searchParams.get("end")) - Date.now()) / dayMs),
    (Number(searchParams.get("end")) - Number(searchParams.get("start"))) / dayMs,
  ]);
  expect(days.sort()).toEqual([
    [1, 1],
    [1, 3],
  ]);
  expect(asked).toHaveLength(4);
});

test("for somebody who may not see patients nothing of one is asked for", async () => {
  expect(await askedBy("support")).toEqual([]);
});
