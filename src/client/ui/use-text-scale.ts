import { type RefObject, useEffect, useState } from "react";

const usualPx = 16;
const textScale = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / usualPx || 1;

/**
 * How much larger than usual the reader has set text; looked at anew when that changes the element's size.
 */
export function useTextScale(element: RefObject<HTMLElement | null>): number {
  const [scale, setScale] = useState(textScale);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(() => setScale(textScale()));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return scale;
}
