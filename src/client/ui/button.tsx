import type { ComponentProps } from "react";
import classes from "./button.module.css";
import { FocusKeepingButton } from "./focus-keeping-button.tsx";

export interface ButtonLook {
  variant?: "filled" | "default" | "light" | "subtle";
  size?: "xs" | "sm" | "md" | "xl" | "compact-sm" | "compact-md";
  fullWidth?: boolean;
  className?: string | undefined;
}

/** For a link that looks like a button, too. */
export const buttonLook = ({
  variant = "filled",
  size = "sm",
  fullWidth = false,
  className = "",
}: ButtonLook) => ({
  className: `${classes.button} ${className}`,
  "data-variant": variant,
  "data-size": size,
  "data-block": fullWidth || undefined,
});

interface ButtonProps extends ComponentProps<"button">, ButtonLook {
  /** Red for what cannot be undone. */
  color?: "red" | undefined;
  /** It works, and cannot be pressed meanwhile. */
  loading?: boolean;
}

export function Button(all: ButtonProps) {
  const { variant, size, fullWidth, color, loading = false, disabled = false, className, ...props } = all;
  return (
    <FocusKeepingButton
      {...props}
      {...buttonLook({ variant, size, fullWidth, className })}
      disabled={disabled || loading}
      data-color={color}
      data-loading={loading || undefined}
      data-disabled={(disabled && !loading) || undefined}
    >
      <span>{props.children}</span>
      {loading && <span className={classes.loader} aria-hidden="true" />}
    </FocusKeepingButton>
  );
}
