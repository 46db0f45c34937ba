import { type ReactNode, useId } from "react";
import classes from "./notice.module.css";

interface NoticeProps {
  color: "gray" | "red" | "yellow";
  title: ReactNode;
  role?: "alert" | "status";
  className?: string | undefined;
  children: ReactNode;
}

/** As Mantine's Alert looks, for what is there before the app is. */
export function Notice({ color, title, role = "alert", className = "", children }: NoticeProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name.
    <div
      className={`${classes.notice} ${className}`}
      data-color={color}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-words`}
    >
      <div className={classes.title} id={`${id}-title`}>
        {title}
      </div>
      <div className={classes.words} id={`${id}-words`}>
        {children}
      </div>
    </div>
  );
}
