import { type RefObject, useMemo } from "react";
import type { Area } from "#report/chart/plot.ts";
import { useTextScale } from "../ui/use-text-scale.ts";
import { useWidth } from "../ui/use-width.ts";
import { axisWidthFor, marginFor } from "./margin.ts";

/**
 * Where the plot lies in a figure, by its width and the size of its text.
 * The width is 0 before the first layout.
 */
export function useArea(figure: RefObject<HTMLElement | null>, height: number, topMmolL: number) {
  const width = useWidth(figure);
  const textScale = useTextScale(figure);
  const area = useMemo<Area>(() => {
    const margin = marginFor(textScale);
    const x = margin.left + axisWidthFor(textScale);
    return {
      x,
      y: margin.top,
      width: Math.max(1, width - margin.right - x),
      height: height - margin.top - margin.bottom,
      topMmolL,
      textScale,
    };
  }, [width, height, topMmolL, textScale]);
  return { width, area };
}
