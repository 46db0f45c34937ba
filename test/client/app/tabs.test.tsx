import { act, screen, waitFor } from "@testing-library/react";
import { expect, onTestFinished, test } from "vitest";
import { getPreferences, setPreferences } from "#client/preferences.ts";
import {
  about,
  buildPatient,
  facetsOf,
  listOf,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "./render-app.tsx";

const server = serveFaults();

test("when somebody signs out in another tab, this one shows nobody any more", async () => {
  server.use(
    about(),
    signedInAs("clinician"),
    listOf(buildPatient({ name: "Anna" })),
    facetsOf(),
    summaryOf(),
    rangesOf(),
  );
  const { router } = renderApp("/patients");
  expect(await screen.findByRole("link", { name: "Anna" })).toBeVisible();
  server.use(signedInAs(null));
  const otherTab = new BroadcastChannel("trendline-session");
  onTestFinished(() => otherTab.close());
  otherTab.postMessage(null);
  await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
  expect(screen.queryByText("Anna")).toBeNull();
});

test("what another tab chooses is chosen here, and what is chosen here leaves the rest as it is there", () => {
  setPreferences({ unit: "mmol/L", language: "en" });
  const key = "trendline-preferences";
  localStorage.setItem(key, JSON.stringify({ unit: "mg/dL", language: "en" }));
  act(() => window.dispatchEvent(new StorageEvent("storage", { key })));
  expect(getPreferences().unit).toBe("mg/dL");
  localStorage.setItem(key, JSON.stringify({ unit: "mmol/L", language: "en" }));
  act(() => setPreferences({ language: "zh-CN" }));
  expect(getPreferences()).toEqual({ unit: "mmol/L", language: "zh-CN" });
});
