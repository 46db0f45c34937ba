import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Panel } from "#client/ui/panel.tsx";

function Definition() {
  const [isOpen, setIsOpen] = useState(false);
  const button = (
    <button type="button" onClick={() => setIsOpen(!isOpen)}>
      What is it?
    </button>
  );
  return (
    <>
      <Panel button={button} isOpen={isOpen} onClose={() => setIsOpen(false)} label="GMI" width="300px">
        An estimate.
      </Panel>
      <p>Elsewhere</p>
    </>
  );
}

test("a panel without anything to press takes the focus itself and gives it back on Escape", async () => {
  render(<Definition />);
  const button = screen.getByRole("button");
  await userEvent.click(button);
  const panel = screen.getByRole("dialog", { name: "GMI" });
  expect(panel).toHaveFocus();
  await userEvent.tab();
  expect(panel).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  expect(panel).not.toBeInTheDocument();
  expect(button).toHaveFocus();
});

test("a press elsewhere closes a panel, one inside does not", async () => {
  render(<Definition />);
  await userEvent.click(screen.getByRole("button"));
  await userEvent.click(screen.getByText("An estimate."));
  expect(screen.getByRole("dialog")).toBeVisible();
  await userEvent.click(screen.getByText("Elsewhere"));
  expect(screen.queryByRole("dialog")).toBeNull();
});
