import { MutationObserver } from "@tanstack/react-query";
import { act, renderHook, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, onTestFinished, test, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { signOut } from "#client/app/sign-out.ts";
import { rememberLookup, useLookups } from "#client/device/recent-lookups.ts";
import { ApiError } from "#client/http.ts";
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
  expect(getPreferences()).toEqual({ unit: "mmol/L", language: "zh-CN", singleKeys: true });
});

test("what somebody looked up is forgotten when they sign out, in memory too, and their views are the account's", async () => {
  server.use(
    about(),
    signedInAs("clinician"),
    http.post("*/api/auth/sign-out", () => HttpResponse.json({ success: true })),
  );
  const owner = "clinician-1";
  const { result } = renderHook(() => useLookups(owner));
  act(() => rememberLookup(owner, { serial: "P225043056", state: "bound", atMs: 1 }));
  localStorage.setItem(`trendline-list-${owner}`, JSON.stringify({ serials: ["P1"], answers: [] }));
  localStorage.setItem(`trendline-last-place-${owner}`, JSON.stringify({ region: "SE", timeZone: "" }));
  const { queryClient } = renderApp("/nowhere");
  await screen.findByRole("heading", { name: "No such page" });
  server.use(signedInAs(null));
  await act(() => signOut(queryClient));
  expect(result.current).toEqual([]);
  expect(Object.keys(localStorage).filter((key) => key.endsWith(owner))).toEqual([]);
});

test("after a session that ended by itself the look-ups are gone, and the list that a browser kept before", async () => {
  server.use(about(), signedInAs(null));
  localStorage.setItem("trendline-lookups-clinician-1", "[]");
  localStorage.setItem("trendline-list-clinician-1", JSON.stringify({ serials: ["P1"], answers: [] }));
  renderApp("/patients");
  await screen.findByRole("heading", { name: "Sign in" });
  await waitFor(() => expect(localStorage.getItem("trendline-lookups-clinician-1")).toBeNull());
  expect(localStorage.getItem("trendline-list-clinician-1")).toBeNull();
});

test("what is changed in another tab is asked for anew at once, and nobody who is signed out asks", async () => {
  server.use(
    about(),
    signedInAs("clinician"),
    listOf(buildPatient({ name: "Anna" })),
    facetsOf(),
    summaryOf(),
    rangesOf(),
  );
  const { queryClient } = renderApp("/patients");
  expect(await screen.findByRole("link", { name: "Anna" })).toBeVisible();
  const otherTab = new BroadcastChannel("trendline-session");
  onTestFinished(() => otherTab.close());
  server.use(listOf(buildPatient({ name: "Anna Schröder" })));
  otherTab.postMessage({ changed: [["patients"]] });
  expect(await screen.findByRole("link", { name: "Anna Schröder" })).toBeVisible();
  const asked = vi.spyOn(queryClient, "invalidateQueries");
  act(() => void queryClient.setQueryData(["session"], null));
  otherTab.postMessage({ changed: [["patients"]] });
  otherTab.postMessage(null);
  await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.objectContaining({ queryKey: ["session"] })));
  expect(asked).not.toHaveBeenCalledWith(expect.objectContaining({ queryKey: ["patients"] }));
});

test("a mutation tells the other tabs by name what it may have changed, also when its answer was lost", async () => {
  const otherTab = new BroadcastChannel("trendline-session");
  onTestFinished(() => otherTab.close());
  const told = vi.fn();
  otherTab.onmessage = ({ data }) => told(data);
  const queryClient = createQueryClient();
  const lost = new MutationObserver(queryClient, {
    mutationFn: () => Promise.reject(new ApiError("offline", undefined)),
    meta: { changes: [["patient", "p1"], ["patients"]] },
  });
  await expect(lost.mutate()).rejects.toThrow("offline");
  await waitFor(() => expect(told.mock.calls).toEqual([[{ changed: [["patient", "p1"], ["patients"]] }]]));
});
