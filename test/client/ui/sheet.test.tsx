import { act, render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clockSetter } from "#client/clock.ts";
import { Sheet } from "#client/ui/sheet.tsx";

const styleOf = (container: HTMLElement) => container.querySelector("style")?.textContent ?? "";

test("every sheet is given whose it is, of when, its page of how many, and when it was printed", () => {
  clockSetter()({ nowMs: Date.UTC(2026, 10, 26, 19, 45), clockSpeed: 1 });
  const { container } = render(<Sheet who="Anna Ek · P-1" what="24 h · UTC" timeZone="UTC" />);
  const style = styleOf(container);
  expect(style).toContain('@top-left { content: "Anna Ek · P-1"; }');
  expect(style).toContain('@top-right { content: "24 h · UTC"; }');
  expect(style).toContain('content: "Page " counter(page) " of " counter(pages) "";');
  expect(style).toContain('"Trendline, printed 26 Nov 2026, 19:45 (UTC)"');
  expect(container.querySelector("style")?.media).toBe("print");
});

test("a name cannot end its text and become a rule", () => {
  const { container } = render(<Sheet who={'A"; } * { display: none } \\\n"'} />);
  expect(styleOf(container)).toContain(String.raw`content: "A\"; } * { display: none } \\ \"";`);
});

test("the time of printing is the moment of printing, not that of the last minute", () => {
  vi.useFakeTimers({ now: 0, toFake: ["Date"] });
  clockSetter()({ nowMs: Date.UTC(2026, 10, 26, 19, 45), clockSpeed: 1 });
  const { container } = render(<Sheet who="Anna" timeZone="UTC" />);
  vi.setSystemTime(7 * 60_000);
  act(() => {
    window.dispatchEvent(new Event("beforeprint"));
  });
  expect(styleOf(container)).toContain("26 Nov 2026, 19:52 (UTC)");
  vi.useRealTimers();
});
