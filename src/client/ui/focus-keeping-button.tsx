import { type ComponentProps, useState } from "react";

type ButtonProps = ComponentProps<"button">;

/**
 * A button that keeps the keyboard's focus: one that is disabled by its own press, while it works or once
 * there is no more to do, would lose it to the top of the page. As long as it has the focus it is disabled in
 * name only, and pressing it does nothing.
 */
export function FocusKeepingButton(all: ButtonProps) {
  const { type = "button", disabled, onClick, onFocus, onBlur, ...props } = all;
  const [isFocused, setFocused] = useState(false);
  const isInName = Boolean(disabled) && isFocused;
  const press: ButtonProps["onClick"] = (event) => {
    if (isInName) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...props}
      type={type}
      disabled={disabled && !isFocused}
      aria-disabled={isInName || undefined}
      onClick={press}
      onFocus={(event) => {
        setFocused(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setFocused(false);
        onBlur?.(event);
      }}
    />
  );
}
