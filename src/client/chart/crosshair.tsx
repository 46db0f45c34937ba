import { type ReactNode, useRef } from "react";
import { useMessages } from "../i18n.ts";
import classes from "./glucose-chart.module.css";
import { Marks, type PaintMarks } from "./marks.tsx";
import { type PaintReadout, ReadoutLine } from "./readout-line.tsx";
import { type CursorOptions, useCursor } from "./use-cursor.ts";

interface CrosshairProps extends CursorOptions {
  children: ReactNode;
}

/**
 * Reads single values off the curve, by pointer, touch or keyboard, walks through its days, episodes and
 * gaps, and moves the window. Everything that follows the pointer is written straight into the page, so that
 * no part of the chart is rendered anew.
 */
export function Crosshair(props: CrosshairProps) {
  const { area, extent, view, children } = props;
  const t = useMessages("chart", "curve");
  const overlay = useRef<HTMLDivElement>(null);
  const readoutLine = useRef<PaintReadout>(null);
  const marks = useRef<PaintMarks>(null);
  const { onKeyDown, onFocus } = useCursor(props, { overlay, readoutLine, marks });
  return (
    <>
      <ReadoutLine ref={readoutLine} />
      <div
        className={classes.overlay}
        ref={overlay}
        role="slider"
        tabIndex={0}
        aria-label={t("walk")}
        aria-valuemin={0}
        aria-valuenow={0}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End Enter E Shift+E L Shift+L P + - [ ] Escape"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onDoubleClick={() => view.set(extent)}
      >
        {children}
        <Marks area={area} ref={marks} />
      </div>
    </>
  );
}
