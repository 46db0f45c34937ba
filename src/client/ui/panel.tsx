import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { stopsIn } from "./keep-focus.ts";
import classes from "./panel.module.css";

interface PanelProps {
  /** What opens it. */
  button: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  label: string;
  width: string;
  children: ReactNode;
}

const marginPx = 8;

/**
 * A dialog below the button that opens it. It takes the focus and keeps it; Escape and a press elsewhere
 * close it, and the button has the focus again.
 */
export function Panel({ button, isOpen, onClose, label, width, children }: PanelProps) {
  const around = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = panel;
    if (!isOpen || !current) return;
    // Below the button's middle, and inside the window.
    const { offsetWidth = 0, parentElement } = current;
    const outer = parentElement?.getBoundingClientRect() ?? new DOMRect();
    const most = document.documentElement.clientWidth - marginPx - offsetWidth;
    const left = Math.max(marginPx, Math.min(outer.left + (outer.width - offsetWidth) / 2, most));
    current.style.left = `${left - outer.left}px`;
    (stopsIn(current)[0] ?? current).focus();
  }, [isOpen]);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!isOpen) return;
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !around.current?.contains(target)) close.current();
    };
    addEventListener("pointerdown", onPress);
    return () => removeEventListener("pointerdown", onPress);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
      around.current?.querySelector("button")?.focus();
    }
    const stops = panel.current ? stopsIn(panel.current) : [];
    const leavesBy = event.shiftKey ? stops[0] : stops.at(-1);
    if (event.key !== "Tab" || (leavesBy && document.activeElement !== leavesBy)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  return (
    <div className={classes.around} ref={around}>
      {button}
      {isOpen && (
        <div
          ref={panel}
          className={classes.panel}
          role="dialog"
          aria-label={label}
          tabIndex={-1}
          style={{ width }}
          onKeyDown={onKeyDown}
        >
          {children}
        </div>
      )}
    </div>
  );
}
