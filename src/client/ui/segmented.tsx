import { type ReactNode, useId } from "react";
import classes from "./segmented.module.css";

interface SegmentedProps<T extends string> {
  "aria-label": string;
  fullWidth?: boolean;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}

/** One of a few, all in sight. As Mantine's SegmentedControl looks, for what is there before the app is. */
export function Segmented<T extends string>({
  fullWidth,
  value,
  onChange,
  options,
  ...props
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <div
      className={classes.choices}
      role="radiogroup"
      aria-label={props["aria-label"]}
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
