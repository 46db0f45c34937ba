import { act, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { PatientBar } from "#client/ui/patient-bar.tsx";

test("once the heading is scrolled away, the page says whose it is, and no longer when it is back", () => {
  let tell: (entry: { isIntersecting: boolean; boundingClientRect: { top: number } }) => void = () => {};
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: (entries: unknown[]) => void) {
        tell = (entry) => callback([entry]);
      }
      observe() {}
      disconnect() {}
    },
  );
  render(
    <PatientBar name="Anna Bergström" partnerUid="clinic-0001" beside={<a href="/next">Next: Li Na</a>} />,
  );
  expect(screen.queryByTestId("patient-bar")).toBeNull();
  act(() => tell({ isIntersecting: false, boundingClientRect: { top: -40 } }));
  expect(screen.getByTestId("patient-bar")).toHaveTextContent("Anna Bergström clinic-0001");
  expect(screen.getByRole("link", { name: "Next: Li Na" })).toBeVisible();
  act(() => tell({ isIntersecting: true, boundingClientRect: { top: 10 } }));
  expect(screen.queryByTestId("patient-bar")).toBeNull();
  Reflect.deleteProperty(globalThis, "IntersectionObserver");
});
