import { type Ref, useImperativeHandle, useRef } from "react";
import classes from "./glucose-chart.module.css";
import type { Readout } from "./readout.ts";

/** Writes a readout, or a hint where there is none; returns what now stands there. */
export type PaintReadout = (readout: Readout | null, hint: string) => string[];

/** The line above the curve. Written to without React, because it follows the pointer. */
export function ReadoutLine({ ref }: { ref: Ref<PaintReadout> }) {
  const line = useRef<HTMLParagraphElement>(null);
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
