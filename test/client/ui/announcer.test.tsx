import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Announcer, announce, clearAnnouncement } from "#client/ui/announcer.tsx";
import { SaidStatus, useSaid } from "#client/ui/said.tsx";

/** What a screen reader hears of a region: the text of what is put into it. */
function listenTo(region: HTMLElement) {
  const heard: string[] = [];
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) heard.push(node.textContent ?? "");
  }).observe(region, { childList: true, subtree: true });
  return heard;
}

test("the same words are heard as often as they are said, in a region that was there before", async () => {
  render(<Announcer />);
  const region = screen.getByTestId("announcer");
  expect(region).toHaveAttribute("aria-live", "polite");
  const heard = listenTo(region);
  for (const _ of "12") await act(async () => announce("Archived."));
  expect(heard).toEqual(["Archived.", "Archived."]);
  await act(async () => clearAnnouncement());
  expect(region).toBeEmptyDOMElement();
});

function Copy() {
  const [said, say] = useSaid<"copied">();
  return (
    <>
      <button type="button" onClick={() => say("copied")}>
        Copy
      </button>
      <SaidStatus said={said} words={() => "Copied."} />
    </>
  );
}

test("a second copy is heard as the first was", async () => {
  render(<Copy />);
  const heard = listenTo(screen.getByRole("status"));
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(heard).toEqual(["Copied.", "Copied."]);
});
