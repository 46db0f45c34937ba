import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { type ReactNode, useEffect, useState } from "react";
import { expect, test, vi } from "vitest";
import { Button } from "#client/ui/button.tsx";
import { keepFocus } from "#client/ui/keep-focus.ts";

function Kept({ children }: { children: ReactNode }) {
  useEffect(keepFocus, []);
  return children;
}
const press = async (name: string) => {
  screen.getByRole("button", { name }).focus();
  await userEvent.keyboard("{Enter}");
};
const frames = () =>
  act(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));

function Saving({ onSave }: { onSave: () => void }) {
  const [state, setState] = useState<"changed" | "saving" | "saved">("changed");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
        setState("saving");
      }}
    >
      <Button type="submit" loading={state === "saving"} disabled={state === "saved"}>
        Save
      </Button>
      <Button onClick={() => setState("saved")}>Answer</Button>
    </form>
  );
}

test("a button that works after its own press keeps the focus, does nothing when pressed again, and lets go once left", async () => {
  const onSave = vi.fn();
  render(
    <Kept>
      <Saving onSave={onSave} />
    </Kept>,
  );
  await press("Save");
  const save = screen.getByRole("button", { name: "Save" });
  expect(save).toHaveFocus();
  expect(save).toBeEnabled();
  expect(save).toHaveAttribute("aria-disabled", "true");
  await userEvent.keyboard("{Enter} ");
  expect(onSave).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole("button", { name: "Answer" }));
  expect(save).not.toHaveAttribute("data-loading");
  expect(save).toHaveFocus();
  await userEvent.tab();
  expect(save).toBeDisabled();
});

function Listed() {
  const [names, setNames] = useState(["one", "two", "three"]);
  return (
    <section>
      <h2>The list</h2>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <a href={`#${name}`}>{name}</a>
            <button type="button" onClick={() => setNames(names.filter((other) => other !== name))}>
              Remove {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

test("what is removed from a list leaves the focus with what took its place, and the last one with the heading", async () => {
  render(
    <Kept>
      <h1>The page</h1>
      <Listed />
    </Kept>,
  );
  await press("Remove two");
  await waitFor(() => expect(screen.getByRole("button", { name: "Remove three" })).toHaveFocus());
  await press("Remove three");
  await waitFor(() => expect(screen.getByRole("button", { name: "Remove one" })).toHaveFocus());
  await press("Remove one");
  await waitFor(() => expect(screen.getByRole("heading", { name: "The list" })).toHaveFocus());
  screen.getByRole("heading", { name: "The list" }).blur();
  expect(screen.getByRole("heading", { name: "The list" })).not.toHaveAttribute("tabindex");
});

test("what was left before it went is not gone back to", async () => {
  const { rerender } = render(
    <Kept>
      <h1>The page</h1>
      <button type="button">Go</button>
    </Kept>,
  );
  const go = screen.getByRole("button", { name: "Go" });
  go.focus();
  go.blur();
  await frames();
  rerender(
    <Kept>
      <h1>The page</h1>
    </Kept>,
  );
  await frames();
  expect(document.body).toHaveFocus();
});
