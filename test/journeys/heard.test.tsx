import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { hear } from "#test/support/hear.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
const listen = () => {
  const { heard, end } = hear();
  ends.push(end);
  return heard;
};

/** By keyboard. */
const press = async (user: UserEvent, element: HTMLElement, key = "{Enter}") => {
  act(() => element.focus());
  await user.keyboard(key);
};
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const count = (heard: readonly string[], words: RegExp) => heard.filter((text) => words.test(text)).length;

async function openOliver() {
  const app = await open("/patients");
  await app.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await press(app.user, await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByTestId("curve");
  return app;
}

test("who is opened is heard, and a result on a patient's page is said once and leaves the keyboard where it was", async () => {
  const { user, router } = await openOliver();
  await waitFor(() =>
    expect(screen.getByRole("heading", { level: 1, name: "Oliver Bennett" })).toHaveFocus(),
  );
  await screen.findByRole("region", { name: "Episodes" });
  const heard = listen();
  await press(user, screen.getByRole("radio", { name: "30 d" }), " ");
  await waitFor(() =>
    expect(count(heard, /^Shown: 22 Oct 2026.* – 20 Nov 2026, 09:3\d.*, [\d,]+\sreadings\.$/)).toBe(1),
  );
  expect(count(heard, /./)).toBe(1);

  act(() => screen.getByRole("slider", { name: /one by one/ }).focus());
  await user.keyboard("++");
  await press(user, await screen.findByRole("button", { name: "Show the whole period" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: /^Glucose, / })).toHaveFocus());
  expect(router.state.location.search).toBe("?days=30");

  const targets = screen.getByRole("combobox", { name: /targets/i });
  await user.selectOptions(targets, "pregnancy");
  await waitFor(() =>
    expect(count(heard, /^Not saved yet\. With .*: [\d.<]+\s% in range, now [\d.<]+\s%\.$/)).toBe(1),
  );
  await press(user, button("Cancel"));
  expect(targets).toHaveFocus();

  await press(user, screen.getByRole("radio", { name: "Before / since a date" }), " ");
  await waitFor(() => expect(count(heard, /^Compared: .* with .*\. The table follows\.$/)).toBe(1));
  await press(user, button("Stop comparing"));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Compare" })).toHaveFocus());
  await waitFor(() => expect(count(heard, /^No longer compared\.$/)).toBe(1));

  const episodes = within(screen.getByRole("region", { name: "Episodes" }));
  const only = episodes.getAllByRole("button", { pressed: false })[0] as HTMLElement;
  await press(user, only);
  await waitFor(() => expect(count(heard, /^Listed: .* only\.$/)).toBe(1));
  await press(user, button("List all lows and highs"));
  await waitFor(() => expect(count(heard, /^All lows and highs are listed\.$/)).toBe(1));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Episodes" })).toHaveFocus());
  const all = episodes.getByRole("button", { name: /^Show all \d+/ });
  const shown = within(episodes.getByRole("list", { name: "Episodes" })).getAllByRole("button").length;
  await press(user, all);
  expect(
    within(episodes.getByRole("list", { name: "Episodes" })).getAllByRole("button")[shown],
  ).toHaveFocus();
});

test("Save and Archive keep the focus, and what has become of the record is heard", async () => {
  const { user, router } = await openOliver();
  await act(() => router.navigate(`${router.state.location.pathname}/record`));
  const heard = listen();
  await user.type(await screen.findByLabelText("Name"), "X");
  await press(user, button("Save"));
  await waitFor(() => expect(count(heard, /^Saved$/)).toBe(1));
  expect(button("Save")).toHaveFocus();
  await press(user, button(/^Archive /));
  await press(user, button("Yes, archive"));
  await waitFor(() =>
    expect(heard).toContain("Archived: Oliver BennettX is no longer in the list of patients."),
  );
  await waitFor(() => expect(screen.getByRole("heading", { name: "Archive" })).toHaveFocus());
  expect(button(/ out of the archive$/)).toBeEnabled();
});

test("a search of the list says the number it found, and no other on the way", async () => {
  const { user } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  const heard = listen();
  await user.type(screen.getByRole("searchbox"), "bennett");
  await waitFor(() => expect(heard.at(-1)).toBe("1 patient matches"));
  expect(new Set(heard)).toEqual(new Set(["1 patient matches"]));
});

test("a sensor looked up before is heard again with its verdict; a copy is heard each time; what is taken off the list leaves the focus beside it", async () => {
  const { user, router } = await open("/devices/P225043056");
  await user.click(await screen.findByRole("button", { name: /^Support/ }));
  await screen.findByText(/% of what was expected/);
  await act(() => router.navigate("/devices/P225043055"));
  await screen.findByRole("heading", { level: 1, name: /P225043055/ });
  await act(() => router.navigate("/devices"));
  const heard = listen();
  const field = await screen.findByLabelText(/Serial number/);
  await user.clear(field);
  await user.type(field, "p225043043");
  await waitFor(() => expect(heard).toEqual(["Will look up P225043043."]));
  await press(user, button("Scan with the camera"));
  expect(button("Close the camera")).toHaveFocus();
  await press(user, button("Close the camera"));
  expect(button("Scan with the camera")).toHaveFocus();

  await press(user, screen.getByRole("link", { name: "P225043056" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  const verdict = screen.getAllByRole("heading", { level: 2 })[0]?.textContent?.replace(/^[✓!–]/, "") ?? "";
  await waitFor(() => expect(heard).toContain(verdict));
  await press(user, button("Copy as text"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(count(heard, /^Copied\.$/)).toBe(2));

  await act(() => router.navigate("/devices"));
  await press(user, await screen.findByRole("button", { name: "Remove P225043056 from the list" }));
  await waitFor(() => expect(button("Remove P225043055 from the list")).toHaveFocus());
  await act(() => router.navigate("/devices/P000000001"));
  expect(await screen.findByRole("heading", { level: 2, name: "No such sensor" })).toBeVisible();
});

test("Verify now and Clear the filters keep the focus, and the trail says the true number of rows only", async () => {
  const { user } = await open("/audit");
  await user.click(await screen.findByRole("button", { name: /^Administrator/ }));
  await screen.findByText(/^Complete and unaltered since/);
  await press(user, button("Verify now"));
  expect(button("Verify now")).toHaveFocus();
  const narrowed = listen();
  await user.selectOptions(screen.getByRole("combobox", { name: "What was done" }), "Signed in");
  await waitFor(() => expect(narrowed).toContain("1 row, newest first."));
  const heard = listen();
  await press(user, button("Clear the filters"));
  expect(button("Clear the filters")).toHaveFocus();
  await waitFor(() => expect(heard.length).toBeGreaterThan(0));
  expect(heard).toHaveLength(1);
});
