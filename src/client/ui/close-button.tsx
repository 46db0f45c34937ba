import type { ComponentProps } from "react";
import classes from "./close-button.module.css";

interface CloseButtonProps extends ComponentProps<"button"> {
  "aria-label": string;
}

/** A cross that puts something away. */
export function CloseButton(props: CloseButtonProps) {
  return (
    <button type="button" {...props} className={classes.close}>
      <svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeLinecap="round">
        <path d="m4.5 4.5 7 7m0-7-7 7" />
      </svg>
    </button>
  );
}
