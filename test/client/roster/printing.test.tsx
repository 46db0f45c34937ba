import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import {
  about,
  buildPage,
  buildRow,
  facetsOf,
  failing,
  listenForAuditEvents,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();

async function open(count: number, answer: () => Promise<unknown> | undefined = () => undefined) {
  const rows = Array.from({ length: count }, (_, i) => buildRow({ id: `p${i}`, name: `Person ${i}` }));
  const asked = new Set<string>();
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf({ total: count }),
    rangesOf(),
    http.post("*/api/patients/search", async ({ request }) => {
      const { offset = 0, limit } = (await request.json()) as { offset?: number; limit: number };
      return HttpResponse.json(buildPage(rows.slice(offset, offset + limit), { total: count }));
    }),
    http.get("*/api/patients/:id/summary", async ({ params }) => {
      asked.add(String(params.id));
      await answer();
      if (params.id === "p3") return failing();
      const latest = { timeMs: Date.now(), valueMmolL: 7.7, trend: 1, warmUp: false, afterGap: false };
      return HttpResponse.json({ asOfMs: Date.now(), stale: null, stage: "reading", latest, sensor: null });
    }),
  );
  listenForAuditEvents(server);
  const printed = vi.spyOn(window, "print").mockImplementation(() => {
    window.dispatchEvent(new Event("beforeprint"));
  });
  renderApp("/patients");
  await screen.findByRole("link", { name: "Person 0" });
  return { asked, printed };
}

test("printing reads the glucose of every row that is printed, on screen or not, and names who is missing", async () => {
  const { asked, printed } = await open(60);
  expect(asked.size).toBeLessThan(60);
  await userEvent.click(screen.getByRole("button", { name: "Print" }));
  await waitFor(() => expect(printed).toHaveBeenCalledTimes(1), { timeout: 5000 });
  expect(asked.size).toBe(60);
  const paper = screen.getAllByRole("table").at(-1) as HTMLElement;
  expect(within(paper).getAllByText("7.7")).toHaveLength(59);
  expect(within(paper).getAllByText("not read here")).toHaveLength(1);
  expect(screen.getByText(/Glucose of 1 patient could not be read: .+/)).toBeInTheDocument();
  expect(screen.queryByText(/is missing/)).toBeNull();
  act(() => void window.dispatchEvent(new Event("afterprint")));
});

test("the reading for paper is told of and can be called off: then nothing is printed", async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { asked, printed } = await open(60, () => held);
  await userEvent.keyboard("{Control>}p{/Control}");
  expect(await screen.findByText(/^Reading glucose for paper: \d+ of 60$/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  go();
  await waitFor(() => expect(screen.queryByText(/^Reading glucose for paper/)).toBeNull());
  expect(printed).not.toHaveBeenCalled();
  expect(asked.size).toBeLessThan(60);
});
