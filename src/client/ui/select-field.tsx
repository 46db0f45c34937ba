import type { ComponentProps } from "react";
import classes from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

interface SelectFieldProps extends FieldProps, Omit<ComponentProps<"select">, keyof FieldProps> {
  options: readonly { value: string; label: string }[];
}

/** One of several, chosen as the browser lets one choose. */
export function SelectField(all: SelectFieldProps) {
  const { id, label, description, error, size, className, options, ...props } = all;
  return (
    <Field {...{ id, label, description, error, size, className }}>
      {(control) => (
        <div className={classes.box}>
          <select {...props} {...control} className={`${classes.input} ${classes.select}`}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <div className={`${classes.aside} ${classes.chevron}`}>
            <svg
              aria-hidden="true"
              viewBox="0 0 15 15"
              fill="none"
              stroke="currentColor"
              strokeLinecap="round"
              strokeLinejoin="round"
            >
              <path d="M5.25 5.75 7.5 3.5l2.25 2.25m0 3.5L7.5 11.5 5.25 9.25" />
            </svg>
          </div>
        </div>
      )}
    </Field>
  );
}
