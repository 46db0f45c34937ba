import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

async function openPatient(name: string) {
  const opened = await open("/patients");
  await opened.user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await opened.user.click(await screen.findByRole("link", { name }));
  await screen.findByTestId("curve");
  const walk = screen.getByRole("slider", { name: "Readings of the curve, one by one" });
  return { ...opened, walk, spoken: () => walk.getAttribute("aria-valuetext") ?? "" };
}

test("how low it was and for how long is told by keys alone, step by step and each step once", async () => {
  const { user, walk, spoken } = await openPatient("Oliver Bennett");
  walk.focus();
  const heard: string[] = [];
  const press = async (keys: string) => {
    await user.keyboard(keys);
    heard.push(spoken());
  };
  await press("{ArrowDown}");
  expect(spoken()).toMatch(
    /^Friday 20 Nov 2026, 00:00 – 09:3\d, lowest [\d.]+\smmol\/L at \d\d:\d\d, highest/,
  );
  // Backwards through the days to the last one with a low.
  while (!/\d+ lows?\b/.test(spoken())) await press("{ArrowLeft}");
  expect(spoken()).toMatch(/^\w+day \d+ Nov 2026, lowest/);
  await press("{ArrowDown}");
  while (!/^(Low|Extended low), /.test(spoken())) await press("{ArrowRight}");
  expect(spoken()).toMatch(
    /^(Low|Extended low), lowest [\d.]+\smmol\/L at \d\d:\d\d, .*\d\d:\d\d – .*\d\d:\d\d \((\d+\u00a0hours? ?)?(\d+\u00a0minutes?)?\)/,
  );
  const low = spoken();
  await press("{ArrowDown}");
  expect(spoken()).toMatch(/^[\d.]+\smmol\/L, (very )?low, /);
  await press("{ArrowUp}");
  expect(spoken()).toBe(low);
  await press("{ArrowUp}");
  await press("{ArrowUp}");
  expect(spoken()).toMatch(/^All that is shown, .*lowest/);
  heard.forEach((text, i) => {
    expect(text).not.toBe(heard[i - 1]);
  });
});

test("an episode, a gap or a day that is chosen below is what the curve says, whatever was read before", async () => {
  const { user, walk, spoken } = await openPatient("Oliver Bennett");
  walk.focus();
  await user.keyboard("{End}");
  const press = async (section: string, name: RegExp) => {
    const [first] = within(await screen.findByRole("region", { name: section })).getAllByRole("button", {
      name,
    });
    if (!first) throw new Error(`nothing in ${section}`);
    first.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(walk).toHaveFocus());
    return first.textContent ?? "";
  };
  const episode = await press("Episodes", /(lowest|highest) [\d.]+\smmol\/L/);
  const extreme = /(lowest|highest) [\d.]+\smmol\/L/.exec(episode)?.[0] ?? "none";
  expect(spoken()).toContain(`, ${extreme} at `);
  await press("Gaps", /\d\d:\d\d – /);
  expect(spoken()).toMatch(/^No readings, /);
  await press("Days", /^Wed 18 Nov/);
  await waitFor(() => expect(spoken()).toMatch(/^Wednesday 18 Nov 2026, lowest/));
  await user.keyboard("[[");
  await waitFor(() => expect(spoken()).toMatch(/^Tuesday 17 Nov 2026, lowest/));
});

test("P plays the curve and P or Escape ends it, without losing what was chosen", async () => {
  const closed = vi.fn();
  const param = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
  const node = {
    connect: (to: unknown) => to,
    gain: param,
    frequency: param,
    start: vi.fn(),
    stop: () => {},
  };
  vi.stubGlobal(
    "AudioContext",
    class {
      currentTime = 0;
      destination = {};
      createOscillator = () => node;
      createGain = () => node;
      close = closed;
    },
  );
  const { user, walk, spoken } = await openPatient("Oliver Bennett");
  walk.focus();
  await user.keyboard("{End}");
  const newest = spoken();
  await user.keyboard("p");
  expect(await screen.findByRole("button", { name: /Stop the sound/ })).toBeVisible();
  expect(node.start.mock.calls.length).toBeGreaterThan(10);
  await user.keyboard("{Escape}");
  expect(closed).toHaveBeenCalledOnce();
  expect(await screen.findByRole("button", { name: /Play the curve as sound/ })).toBeVisible();
  // It had just begun.
  await waitFor(() => expect(spoken()).not.toBe(newest));
  const stoppedAt = spoken();
  await user.keyboard("{Home}");
  expect(spoken()).toBe(stoppedAt);
  Reflect.deleteProperty(globalThis, "AudioContext");
});

test("an Enter that ends a composition chooses and submits nothing, and the next one does", async () => {
  const { user, router } = await openPatient("Oliver Bennett");
  await user.click(screen.getByRole("link", { name: "Patients" }));
  const search = await screen.findByRole("searchbox");
  await user.type(search, "bennett");
  await waitFor(() => expect(screen.queryByRole("link", { name: "Anna Schröder" })).toBeNull());
  const { pathname } = router.state.location;
  fireEvent.keyDown(search, { key: "Enter", isComposing: true });
  expect(router.state.location.pathname).toBe(pathname);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/patients\/.+/));
});

test("what is still being composed is neither kept nor saved, and what was typed is told of on return", async () => {
  const { user, router } = await openPatient("Oliver Bennett");
  const record = `${router.state.location.pathname}/record`;
  const leave = async () => {
    fireEvent.click(screen.getByRole("link", { name: "← Back to Oliver Bennett" }));
    await waitFor(() => expect(router.state.location.pathname).not.toBe(record));
    await act(() => router.navigate(record));
    return await screen.findByLabelText("Name");
  };
  await act(() => router.navigate(record));
  let name = await screen.findByLabelText("Name");
  fireEvent.compositionStart(name);
  fireEvent.change(name, { target: { value: "欧阳雨桐ouyang" } });
  expect(name).toHaveValue("欧阳雨桐ouyang");
  fireEvent.submit(name);
  name = await leave();
  expect(name).toHaveValue("Oliver Bennett");
  expect(screen.queryByText(/unsaved changes/)).toBeNull();

  fireEvent.compositionStart(name);
  fireEvent.change(name, { target: { value: "欧阳ouyang" } });
  fireEvent.change(name, { target: { value: "欧阳雨桐" } });
  fireEvent.compositionEnd(name, { data: "雨桐" });
  name = await leave();
  expect(name).toHaveValue("欧阳雨桐");
  expect(screen.getByText("Your unsaved changes are here again: Name.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(name).toHaveValue("Oliver Bennett");
  expect(screen.queryByText(/unsaved changes/)).toBeNull();
});

test("a comparison stands in the address with its period, oldest on the left, and outlives zoom and Back", async () => {
  const { user, router } = await openPatient("Oliver Bennett");
  await user.click(await screen.findByRole("radio", { name: "Before / since a date" }));
  await waitFor(() => expect(router.state.location.search).toBe("?compare=since"));
  const dates = () =>
    screen
      .getAllByRole("columnheader", { name: /\d{1,2} Nov, \d\d:\d\d – / })
      .map(({ textContent }) => /^(\d+) Nov/.exec(textContent ?? "")?.[1]);
  await screen.findByRole("columnheader", { name: "Difference" });
  expect(dates()).toEqual(["7", "13"]);
  fireEvent.change(screen.getByLabelText("Since (this day included)"), { target: { value: "2026-11-16" } });
  await waitFor(() => expect(router.state.location.search).toBe("?compare=since-2026-11-16"));
  await user.click(screen.getByRole("radio", { name: "30 d" }));
  await waitFor(() => expect(router.state.location.search).toBe("?days=30&compare=since-2026-11-16"));
  screen.getByRole("slider", { name: "Readings of the curve, one by one" }).focus();
  await user.keyboard("+");
  await waitFor(() =>
    expect(router.state.location.search).toMatch(/from=\d+&to=\d+&compare=since-2026-11-16/),
  );
});
