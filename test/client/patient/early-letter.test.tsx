import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test } from "vitest";
import { setLetterKeys } from "#client/ui/letter-keys.ts";
import {
  about,
  buildPatient,
  failing,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();
const words = /^The key came before the page was ready/;

afterEach(() => setLetterKeys(true));

/** A patient's page that the server answers only once it is let. */
function openPage(): () => void {
  let answer = () => {};
  const isLet = new Promise<void>((done) => {
    answer = done;
  });
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("/api/patients/p1", async () => {
      await isLet;
      return HttpResponse.json(buildPatient({ id: "p1", name: "Anna Bergström" }));
    }),
    summaryOf({ stage: "waiting" }),
    http.all("/api/*", () => failing()),
  );
  renderApp("/patients/p1");
  return answer;
}

test("a letter that comes before the page is there is said to have done nothing, and is not kept", async () => {
  const acts: string[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.method === "POST" && request.url.includes("/review")) acts.push(request.url);
  });
  const answer = openPage();
  await screen.findByText("Loading the patient");
  await userEvent.keyboard("r");
  expect(await screen.findByText(words)).toBeVisible();
  answer();
  expect(await screen.findByRole("heading", { name: "Anna Bergström" })).toBeVisible();
  expect(acts).toEqual([]);
});

test("who has turned letters off hears nothing of them", async () => {
  setLetterKeys(false);
  openPage();
  await screen.findByText("Loading the patient");
  await userEvent.keyboard("rshn");
  await waitFor(() => expect(screen.queryByText(words)).toBeNull());
});
