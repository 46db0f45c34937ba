import { act, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { PatientBar } from "#client/patient/patient-bar.tsx";
import { buildPatient } from "../app/render-app.tsx";

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
  render(<PatientBar patient={buildPatient()} />);
  expect(screen.queryByTestId("patient-bar")).toBeNull();
  act(() => tell({ isIntersecting: false, boundingClientRect: { top: -40 } }));
  expect(screen.getByTestId("patient-bar")).toHaveTextContent("Anna Bergström clinic-0001");
  act(() => tell({ isIntersecting: true, boundingClientRect: { top: 10 } }));
  expect(screen.queryByTestId("patient-bar")).toBeNull();
  Reflect.deleteProperty(globalThis, "IntersectionObserver");
});
