import { type ReactNode, useId } from "react";
import { CloseButton } from "./close-button.tsx";
import classes from "./notice.module.css";

interface NoticeProps {
  color?: "gray" | "red" | "orange" | "yellow" | "teal" | "lagoon";
  title?: ReactNode;
  role?: "alert" | "status" | "note" | "group";
  id?: string;
  className?: string | undefined;
  /** With a button that puts it away, and what that is called. */
  close?: { label: string; onClick: () => void };
  children?: ReactNode;
}

/** A calm panel with a coloured edge: a failure is news, not an alarm. The words carry it, the colour only helps. */
export function Notice({
  color = "lagoon",
  title,
  role = "alert",
  className = "",
  close,
  children,
  ...rest
}: NoticeProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: these roles take a name.
    <div
      {...rest}
      className={`${classes.notice} ${className}`}
      data-color={color}
      role={role}
      aria-labelledby={title ? `${id}-title` : undefined}
      aria-describedby={children ? `${id}-words` : undefined}
    >
      <div>
        {title && (
          <div className={classes.title} id={`${id}-title`}>
            {title}
          </div>
        )}
        {children && (
          <div className={classes.words} id={`${id}-words`}>
            {children}
          </div>
        )}
      </div>
      {close && <CloseButton aria-label={close.label} onClick={close.onClick} />}
    </div>
  );
}
