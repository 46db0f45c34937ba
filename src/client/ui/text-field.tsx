import type { ComponentProps, ReactNode } from "react";
import classes from "./field.module.css";
import { Field, type FieldProps } from "./field.tsx";

interface TextFieldProps extends FieldProps, Omit<ComponentProps<"input">, keyof FieldProps> {
  /** Inside the box, at its end. */
  aside?: ReactNode;
  /** The control in what stands around it. */
  around?: (box: ReactNode) => ReactNode;
}

export function TextField(all: TextFieldProps) {
  const { id, label, description, error, size, isHintBelow, className, aside, around, ...props } = all;
  return (
    <Field {...{ id, label, description, error, size, isHintBelow, className }}>
      {(control) => {
        const box = (
          <div className={classes.box}>
            <input {...props} {...control} className={classes.input} />
            {aside && <div className={classes.aside}>{aside}</div>}
          </div>
        );
        return around ? around(box) : box;
      }}
    </Field>
  );
}
