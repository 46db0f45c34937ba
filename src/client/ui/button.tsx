import type { ComponentProps } from "react";
import classes from "./button.module.css";
import { FocusKeepingButton } from "./focus-keeping-button.tsx";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: "filled" | "default" | "subtle";
  size?: "sm" | "xs" | "compact-sm";
  fullWidth?: boolean;
  /** It works, and cannot be pressed meanwhile. */
  loading?: boolean;
}

/** As Mantine's looks, for what is there before the app is. */
export function Button(all: ButtonProps) {
  const { variant = "filled", size = "sm", fullWidth, loading, disabled, className = "", ...props } = all;
  return (
    <FocusKeepingButton
      {...props}
      className={`${classes.button} ${className}`}
      disabled={disabled || loading}
      data-variant={variant}
      data-size={size}
      data-block={fullWidth || undefined}
      data-loading={loading || undefined}
    >
      <span>{props.children}</span>
      {loading && <span className={classes.loader} aria-hidden="true" />}
    </FocusKeepingButton>
  );
}
