import { type ComponentProps, useId } from "react";
import classes from "./switch.module.css";

interface SwitchProps extends Omit<ComponentProps<"input">, "type"> {
  label: string;
}

export function Switch({ label, className = "", ...props }: SwitchProps) {
  const id = useId();
  return (
    <div className={`${classes.switch} ${className}`}>
      <span className={classes.track}>
        {/* biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says itself whether it is checked. */}
        <input {...props} id={id} type="checkbox" role="switch" />
      </span>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
