import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { setColorScheme } from "#client/ui/color-scheme.ts";
import { SchemeChoice } from "#client/ui/display-choices.tsx";

const storageKey = "mantine-color-scheme-value";

afterEach(() => setColorScheme("auto"));

test("colours that are chosen are kept, and told to whatever shows them", async () => {
  const heard: (string | null)[] = [];
  const listen = ({ key, newValue }: StorageEvent) => key === storageKey && heard.push(newValue);
  addEventListener("storage", listen);
  render(<SchemeChoice />);
  await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
  expect(screen.getByRole("radio", { name: "Dark" })).toBeChecked();
  expect(localStorage.getItem(storageKey)).toBe("dark");
  expect(heard).toEqual(["dark"]);
  removeEventListener("storage", listen);
});

test("what another tab chooses is chosen here", () => {
  render(<SchemeChoice />);
  act(() => void dispatchEvent(new StorageEvent("storage", { key: storageKey, newValue: "light" })));
  expect(screen.getByRole("radio", { name: "Light" })).toBeChecked();
});
