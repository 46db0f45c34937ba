import { type ReactNode, useId } from "react";
import classes from "./field.module.css";

export interface FieldProps {
  /** Without one the control is named by aria-label. */
  label?: string | undefined;
  description?: string | undefined;
  /** Why what it has cannot be sent. */
  error?: ReactNode;
  size?: "xs" | "sm" | "md" | "xl";
  /** The description stands below the control. */
  isHintBelow?: boolean;
  /** Of the whole field. */
  className?: string | undefined;
}

interface Control {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** A control with its label, what explains it, and what is wrong with what it has. */
export function Field({
  id: ownId,
  label,
  description,
  error,
  size = "sm",
  isHintBelow = false,
  className = "",
  children,
}: FieldProps & { id: string | undefined; children: (control: Control) => ReactNode }) {
  const id = useId();
  const controlId = ownId ?? id;
  const describedBy = [error && `${id}-error`, description && `${id}-description`].filter(Boolean).join(" ");
  const hint = description && (
    <p className={classes.description} id={`${id}-description`}>
      {description}
    </p>
  );
  return (
    <div className={`${classes.field} ${className}`} data-size={size}>
      {label && (
        <label className={classes.label} htmlFor={controlId}>
          {label}
        </label>
      )}
      {!isHintBelow && hint}
      {children({
        id: controlId,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": describedBy || undefined,
      })}
      {isHintBelow && hint}
      {error && (
        <p className={classes.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
