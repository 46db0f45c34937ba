import { type ComponentProps, type ReactNode, useId } from "react";
import classes from "./text-field.module.css";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  description?: string;
  /** Why what it has cannot be sent. */
  error?: ReactNode;
}

/** As Mantine's looks, for what is there before the app is. */
export function TextField({ label, description, error, ...props }: TextFieldProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, description && `${id}-description`].filter(Boolean).join(" ");
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      {description && (
        <p className={classes.description} id={`${id}-description`}>
          {description}
        </p>
      )}
      <input
        {...props}
        id={id}
        className={classes.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
      />
      {error && (
        <p className={classes.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
