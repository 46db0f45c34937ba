import { renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useColumns } from "#client/roster/columns.ts";

afterEach(() => vi.restoreAllMocks());

const columnsAt = (widthPx: number) => {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) =>
      ({
        matches: widthPx < 16 * Number(/(\d+)em/.exec(query)?.[1]),
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as unknown as MediaQueryList,
  );
  return renderHook(() => useColumns("who-first", true)).result.current.columns;
};

test("on a tablet the reasons have the room of the shares, which stand under the glucose, so that chips lie side by side", () => {
  for (const widthPx of [820, 1024])
    expect(columnsAt(widthPx)).toEqual(["name", "glucose", "reasons", "acts"]);
  expect(columnsAt(1190)).toContain("ranges");
  expect(columnsAt(390)).toContain("ranges");
});
