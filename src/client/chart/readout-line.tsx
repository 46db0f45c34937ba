import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import classes from "./glucose-chart.module.css";
import type { Readout } from "./readout.ts";

/** Writes a readout, or a hint where there is none; returns what now stands there. */
export type PaintReadout = (readout: Readout | null, hint: string) => string[];

/**
 * What was as high once stays so, lest the curve jump below a pointer; until its
 * width changes. Returns what ends that.
 */
function keepHeight(element: HTMLElement): () => void {
  let keptFor = 0;
  const observer = new ResizeObserver(() => {
    const { offsetWidth, offsetHeight } = element;
    element.style.minHeight = offsetWidth === keptFor ? `${offsetHeight}px` : "";
    keptFor = offsetWidth;
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** The line above the curve. Written to without React, because it follows the pointer. */
export function ReadoutLine({ ref }: { ref: Ref<PaintReadout> }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => (line.current ? keepHeight(line.current) : undefined), []);
  useImperativeHandle(ref, () => (readout, hint) => {
    const texts = readout
      ? [readout.value, readout.state, readout.when, readout.details]
      : ["", "", hint, ""];
    for (const [i, text] of texts.entries()) {
      const node = line.current?.children[i];
      if (node && node.textContent !== text) node.textContent = text;
    }
    line.current?.toggleAttribute("data-empty", !readout);
    return texts.filter(Boolean);
  });
  return (
    <p className={classes.readout} ref={line}>
      <strong /> <span /> <span /> <small />
    </p>
  );
}
