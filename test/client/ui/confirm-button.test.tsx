import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ConfirmButton } from "#client/ui/confirm-button.tsx";

const names = () => screen.getAllByRole("button").map((button) => button.textContent);

test("the second half of a double click keeps things as they are, and the focus is never lost", async () => {
  const confirmed = vi.fn();
  render(<ConfirmButton words="Clear" sure="Yes, clear it" keep="Keep it" onConfirm={confirmed} />);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(names()).toEqual(["Keep it", "Yes, clear it"]);
  expect(screen.getByRole("button", { name: "Keep it" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("button", { name: "Clear" })).toHaveFocus();
  expect(confirmed).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  await userEvent.click(screen.getByRole("button", { name: "Yes, clear it" }));
  expect(confirmed).toHaveBeenCalledOnce();
});
