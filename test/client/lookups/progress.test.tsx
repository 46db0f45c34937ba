import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Run } from "#client/lookups/kept-run.ts";
import { Progress } from "#client/lookups/progress.tsx";
import { createRun } from "#client/lookups/run.ts";
import { Announcer, announce } from "#client/ui/announcer.tsx";

const run: Run = {
  leftOut: { unusable: [], repeated: 0, overLimit: 0 },
  rows: Array.from({ length: 6 }, (_, i) => ({ serial: `P22504300${i}`, answer: null })),
  status: "running",
  waiting: null,
};

test("the end of a list is heard and is not there twice to be read; Pause keeps the focus as Resume", async () => {
  act(() => announce(""));
  const store = { ...createRun("a"), pause: vi.fn(), resume: vi.fn() };
  const show = (change: Partial<Run>) => (
    <>
      <Progress run={{ ...run, ...change }} store={store} takesFocus={false} />
      <Announcer />
    </>
  );
  const { rerender } = render(show({}));
  screen.getByRole("button", { name: "Pause" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(store.pause).toHaveBeenCalledOnce();
  rerender(show({ status: "paused" }));
  const resume = screen.getByRole("button", { name: /^Continue/ });
  expect(resume).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(store.resume).toHaveBeenCalledOnce();
  rerender(show({ status: "idle" }));
  expect(screen.getByTestId("announcer")).toHaveTextContent("0 of 6 done");
  expect(screen.getByRole("group", { name: "Progress of the list" })).toHaveTextContent(
    /^0 of 6 done(?!.*done)/,
  );
  expect(screen.queryByRole("status")).toBeNull();
});
