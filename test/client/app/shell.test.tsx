import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { setPreferences } from "#client/preferences.ts";
import { announce } from "#client/ui/announcer.tsx";
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
const nobody = () => server.use(about(), signedInAs(null));
const as = (role: "clinician" | "support" | "administrator") =>
  server.use(about(), signedInAs(role), listOf(buildPatient()), facetsOf(), summaryOf(), rangesOf());

const noDevices = () => http.post("*/api/worklist/devices", () => HttpResponse.json({ rows: [], total: 0 }));

test.each([
  ["clinician", "/patients", ["Patients", "Sensors", "Fleet"]],
  ["administrator", "/patients", ["Patients", "Sensors", "Fleet", "Staff", "Audit"]],
  ["support", "/work", ["To call", "Sensors", "Fleet"]],
] as const)("%s starts at %s and may go to %j", async (role, home, pages) => {
  as(role);
  server.use(noDevices());
  const { router } = renderApp("/");
  await waitFor(() => expect(router.state.location.pathname).toBe(home));
  const links = within(await screen.findByRole("navigation", { name: "Main" })).getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual(pages);
});

test("support is told plainly that patients are not for them, and no patient is asked for", async () => {
  server.use(about(), signedInAs("support"));
  renderApp("/patients/p1");
  expect(await screen.findByRole("heading", { name: "Not for your role" })).toBeVisible();
  expect(screen.getByText(/signed in as: Support/)).toBeVisible();
});

test("an address that leads nowhere says so and shows the way back", async () => {
  as("clinician");
  renderApp("/nowhere");
  expect(await screen.findByRole("heading", { name: "No such page" })).toBeVisible();
  expect(screen.getByRole("link", { name: "To the start page" })).toHaveAttribute("href", "/");
  expect(document.title).toBe("No such page – Trendline");
});

test("on the sandbox every page says that its people are invented", async () => {
  as("clinician");
  renderApp("/nowhere");
  expect(await screen.findByText(/everybody you see is invented/)).toBeVisible();
});

test("on a partner's platform nothing is called a demonstration", async () => {
  as("clinician");
  server.use(about({ platform: "partner" }));
  const { queryClient } = renderApp("/nowhere");
  await screen.findByRole("heading", { name: "No such page" });
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByText(/everybody you see is invented/)).toBeNull();
});

test("switching the language changes every word and is remembered", async () => {
  as("clinician");
  renderApp("/nowhere");
  await screen.findByRole("heading", { name: "No such page" });
  const [chinese] = screen.getAllByRole("radio", { name: "中文" });
  if (!chinese) throw new Error("no language choice");
  await userEvent.click(chinese);
  expect(screen.getByRole("heading", { name: "页面不存在" })).toBeVisible();
  expect(screen.getByRole("link", { name: "患者" })).toBeVisible();
  expect(document.documentElement.lang).toBe("zh-CN");
  expect(localStorage.getItem("trendline-preferences")).toContain("zh-CN");
});

test("an unreachable server is said, and trying again goes on where it failed", async () => {
  server.use(
    about(),
    http.get("*/api/auth/get-session", () => HttpResponse.error()),
  );
  renderApp("/nowhere");
  expect(await screen.findByRole("alert")).toHaveTextContent("No connection");
  as("clinician");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "No such page" })).toBeVisible();
});

test("whoever is not signed in is asked to, and then comes to where they were going", async () => {
  nobody();
  const { router } = renderApp("/nowhere?tab=1");
  await screen.findByRole("heading", { name: "Sign in" });
  expect(screen.queryByText(/session has ended/)).toBeNull();
  server.use(
    http.post("*/api/auth/demo/sign-in", async ({ request }) => {
      const { role } = (await request.json()) as { role: "clinician" };
      as(role);
      return HttpResponse.json({});
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("heading", { name: "No such page" });
  expect(router.state.location).toMatchObject({ pathname: "/nowhere", search: "?tab=1" });
});

test("a session that ends leads to the sign-in page, which says so", async () => {
  as("clinician");
  const { router } = renderApp("/patients");
  await screen.findByRole("link", { name: "Anna Bergström" });
  server.use(http.post("*/api/patients/search", () => failing({ status: 401, code: "not-signed-in" })));
  await userEvent.type(screen.getByRole("searchbox"), "an");
  await screen.findByRole("heading", { name: "Sign in" });
  expect(screen.getByText(/session has ended/)).toBeVisible();
  expect(router.state.location).toMatchObject({
    pathname: "/sign-in",
    state: { from: "/patients", ended: true },
  });
});

test("signing out forgets every answer and draft, and does not lead back", async () => {
  as("clinician");
  const { router, queryClient } = renderApp("/patients");
  await screen.findByRole("link", { name: "Anna Bergström" });
  await userEvent.type(screen.getByRole("searchbox"), "an");
  act(() => announce("Archived: Anna Bergström"));
  expect(screen.getByTestId("announcer")).toHaveTextContent("Anna");
  server.use(http.post("*/api/auth/sign-out", () => HttpResponse.json({ success: true })));
  await userEvent.click(screen.getByRole("button", { name: /Account and display/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  const heading = await screen.findByRole("heading", { name: "Sign in" });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(router.state.location.state).toBeNull();
  expect(screen.getByTestId("announcer")).toBeEmptyDOMElement();
  expect(sessionStorage).toHaveLength(0);
  const kept = queryClient.getQueryCache().getAll();
  expect(kept.map(({ queryKey }) => queryKey[0]).sort()).toEqual(["about", "session"]);
});

test("the account menu is worked by keyboard: it takes the focus, keeps it, and gives it back on Escape", async () => {
  as("clinician");
  renderApp("/nowhere");
  const button = await screen.findByRole("button", { name: /Account and display/ });
  button.focus();
  await userEvent.keyboard("{Enter}");
  const menu = within(await screen.findByRole("dialog", { name: "Account and display" }));
  const [firstScheme] = menu.getAllByRole("radio");
  expect(menu.queryByRole("radio", { name: "mg/dL" })).toBeNull();
  await waitFor(() => expect(firstScheme).toHaveFocus());
  await userEvent.tab();
  expect(menu.getByRole("switch", { name: /Single-key shortcuts/ })).toHaveFocus();
  await userEvent.tab();
  expect(menu.getByRole("link", { name: "Your account" })).toHaveFocus();
  await userEvent.tab();
  expect(menu.getByRole("button", { name: "Sign out" })).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(button).toHaveFocus());
});

test("when signing out fails one stays signed in and is told", async () => {
  as("clinician");
  renderApp("/nowhere");
  server.use(http.post("*/api/auth/sign-out", () => HttpResponse.error()));
  await userEvent.click(await screen.findByRole("button", { name: /Account and display/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Signing out failed. No connection.");
});

test("a platform that does not answer is said on every page, and since when, until it answers again", async () => {
  as("clinician");
  server.use(
    about({
      notAnsweringSinceMs: new Date(2026, 10, 20, 14, 2).getTime(),
      nowMs: new Date(2026, 10, 20, 14, 30).getTime(),
    }),
  );
  const { queryClient } = renderApp("/nowhere");
  expect(
    await screen.findByText(/has not answered since 14:02 \(\w[\w/]+\)\. What you see may be older/),
  ).toBeVisible();
  act(() => setPreferences({ language: "zh-CN", unit: "mmol/L" }));
  expect(screen.getByText(/血糖平台自 14:02（.+时间）起没有响应/)).toBeVisible();
  act(() => setPreferences({ language: "en", unit: "mmol/L" }));
  server.use(about());
  await act(() => queryClient.refetchQueries({ queryKey: ["about"] }));
  await waitFor(() => expect(screen.queryByText(/has not answered/)).toBeNull());
});

test("a silence that began on another day is told with its date", async () => {
  as("clinician");
  server.use(
    about({
      notAnsweringSinceMs: new Date(2026, 10, 19, 14, 2).getTime(),
      nowMs: new Date(2026, 10, 20, 14, 30).getTime(),
    }),
  );
  renderApp("/nowhere");
  expect(await screen.findByText(/since 19 Nov 2026, 14:02/)).toBeVisible();
});
