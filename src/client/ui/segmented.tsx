import { type ReactNode, useId } from "react";
import classes from "./segmented.module.css";

interface SegmentedProps<T extends string> {
  "aria-label": string;
  size?: "xs" | "sm";
  fullWidth?: boolean;
  className?: string | undefined;
  /** None of the options where nothing is chosen yet. */
  value: T | "";
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}

/** One of a few, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { size = "sm", fullWidth = false, className = "", value, onChange, options } = props;
  const name = useId();
  return (
    <div
      className={`${classes.choices} ${className}`}
      role="radiogroup"
      aria-label={props["aria-label"]}
      data-size={size}
      data-block={fullWidth || undefined}
    >
      {options.map((option) => (
        <label key={option.value} className={classes.choice}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
