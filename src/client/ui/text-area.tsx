import type { ComponentProps } from "react";
import classes from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

type TextAreaProps = FieldProps & Omit<ComponentProps<"textarea">, keyof FieldProps>;

export function TextArea(all: TextAreaProps) {
  const { id, label, description, error, size, className, ...props } = all;
  return (
    <Field {...{ id, label, description, error, size, className }}>
      {(control) => <textarea {...props} {...control} className={`${classes.input} ${classes.area}`} />}
    </Field>
  );
}
