import { useEffect, useRef } from "react";

/**
 * What had the focus went with a file's state: it goes on with the next button,
 * and not with a heading further down.
 */
export function useNextButton() {
  const buttons = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    if (focused.current?.isConnected !== false || document.activeElement !== document.body) return;
    buttons.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true });
  });
  return {
    ref: buttons,
    onFocus: ({ target }: { target: Element }) => {
      focused.current = target;
    },
    onBlur: () => {
      focused.current = null;
    },
  };
}
