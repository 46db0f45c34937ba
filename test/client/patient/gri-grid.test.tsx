import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { GriGrid } from "#client/patient/gri-grid.tsx";
import { griOf } from "#glucose/gri.ts";

test.each([0, 0.04, 0.2, 0.5])(
  "with %f of time below, no letter lies under the dot or on a zone's edge",
  (low) => {
    const gri = griOf({ "very-low": low / 2, low: low / 2, "in-range": 1 - low, high: 0, "very-high": 0 });
    const { container } = render(<GriGrid gri={gri} />);
    const dot = container.querySelector("circle");
    const letters = [...container.querySelectorAll("text")].filter(({ textContent }) =>
      /^[A-E]$/.test(textContent ?? ""),
    );
    expect(letters).toHaveLength(5);
    const axisX = 22;
    for (const letter of letters) {
      expect(Number(letter.getAttribute("x")) + 3).toBeLessThan(axisX);
      expect(Number(letter.getAttribute("x")) + 3).toBeLessThan(Number(dot?.getAttribute("cx")) - 3.9);
    }
  },
);
