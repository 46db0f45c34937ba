import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
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
