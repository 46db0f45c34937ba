import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { lazy } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { RouteBoundary } from "#client/app/route-error.tsx";
import { untilRecovery } from "#client/outage.ts";
import {
  about,
  buildPatient,
  facetsOf,
  failing,
  listOf,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "./render-app.tsx";

const server = serveFaults();
const patients = ["Anna", "Li Na", "Omar"].map((name, index) =>
  buildPatient({ id: `p${index}`, partnerUid: `clinic-${index}`, name }),
);

async function openList() {
  server.use(about(), signedInAs("clinician"), listOf(...patients), facetsOf(), summaryOf(), rangesOf());
  const app = renderApp("/patients");
  await waitFor(() =>
    expect(screen.getAllByText("Waiting for a sensor", { selector: "td *" })).toHaveLength(3),
  );
  return app;
}

const notices = () => screen.queryAllByText(/What you see may be older/);

test("a lost network is said once, at the top and at once; when it is back everything on screen is asked for again", async () => {
  await openList();
  const asked = vi.fn();
  const listen = ({ request }: { request: Request }) => asked(new URL(request.url).pathname);
  const lost = http.all("*/api/*", () => HttpResponse.error());
  server.use(lost);
  window.dispatchEvent(new Event("offline"));
  await screen.findByText(/No connection to the Trendline server since/);
  const waiting = untilRecovery(3_600_000);
  server.resetHandlers();
  server.use(about(), signedInAs("clinician"), listOf(...patients), facetsOf(), summaryOf(), rangesOf());
  server.events.on("request:start", listen);
  window.dispatchEvent(new Event("online"));
  await waitFor(() => expect(notices()).toHaveLength(0));
  await waitFor(() =>
    expect(asked.mock.calls.flat()).toEqual(
      expect.arrayContaining([
        "/api/patients/search",
        "/api/patients/p0/summary",
        "/api/patients/p2/summary",
      ]),
    ),
  );
  await waiting;
  server.events.removeAllListeners();
});

test("a platform that fails every row is one notice, with no word in the rows, and ends with the first row that works", async () => {
  const { queryClient } = await openList();
  server.use(http.get("*/api/patients/:id/summary", () => failing({ code: "platform-unreachable" })));
  await queryClient.refetchQueries({ queryKey: ["patient"] });
  await waitFor(() => expect(notices()).toHaveLength(1));
  expect(screen.getAllByText(/cannot be reached/)).toHaveLength(1);
  server.use(summaryOf());
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await waitFor(() => expect(notices()).toHaveLength(0));
});

test("a page whose first answer does not come says it at the top only, and comes by itself", async () => {
  server.use(
    about(),
    signedInAs("clinician"),
    http.post("*/api/patients/search", () => failing({ code: "database-unavailable", status: 503 })),
    facetsOf(),
    summaryOf(),
    rangesOf(),
  );
  const { queryClient } = renderApp("/patients");
  await waitFor(() => expect(notices()).toHaveLength(1));
  expect(await screen.findByText("Nothing to show yet. Trying again automatically.")).toBeVisible();
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  server.use(listOf(...patients));
  await queryClient.refetchQueries({ queryKey: ["about"] });
  expect(await screen.findByRole("link", { name: "Omar" })).toBeVisible();
  await waitFor(() => expect(notices()).toHaveLength(0));
});

test("when an outage is over, a row does not tell it a second time while it is being asked again", async () => {
  const { queryClient } = await openList();
  server.use(http.all("*/api/*", () => HttpResponse.error()));
  window.dispatchEvent(new Event("offline"));
  await waitFor(() => expect(notices()).toHaveLength(1));
  await queryClient.refetchQueries({ queryKey: ["patient"] });
  vi.setSystemTime(Date.now() + 60_000);
  const { promise: late, resolve: answer } = Promise.withResolvers<void>();
  server.resetHandlers();
  server.use(
    about(),
    signedInAs("clinician"),
    listOf(...patients),
    facetsOf(),
    rangesOf(),
    http.get("*/api/patients/:id/summary", async () => {
      await late;
      return failing({ code: "platform-refused", status: 403 });
    }),
  );
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await waitFor(() => expect(notices()).toHaveLength(0));
  expect(screen.queryByText(/connection|answer/i, { selector: "td *" })).toBeNull();
  answer();
  await waitFor(() => expect(screen.getAllByText(/refused/, { selector: "td *" })).toHaveLength(3));
});

const unloaded = new TypeError("Failed to fetch dynamically imported module: /assets/record-page.js");

function openUnloaded() {
  const Unloaded = lazy(() => Promise.reject(unloaded));
  const Page = () => (
    <RouteBoundary location={useLocation()}>
      <Unloaded />
    </RouteBoundary>
  );
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter>
        <Page />
      </MemoryRouter>
    </QueryClientProvider>,
    // React would tell the console as well.
    { onCaughtError: () => {} },
  );
}

test("a page whose code does not come while the server is gone waits for it, and offers no reload that would leave nothing", async () => {
  server.use(http.get("*/api/about", () => HttpResponse.error()));
  openUnloaded();
  expect(await screen.findByRole("status")).toHaveTextContent(
    "It opens by itself as soon as the connection is back.",
  );
  expect(screen.queryByRole("button", { name: "Reload the page" })).toBeNull();
});

test("a page whose code does not come from a server that is there can be loaded again", async () => {
  server.use(about());
  openUnloaded();
  expect(await screen.findByRole("button", { name: "Reload the page" })).toBeVisible();
});
