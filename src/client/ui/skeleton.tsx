import classes from "./skeleton.module.css";

export interface SkeletonProps {
  /** As CSS has it, or px. */
  height: number | string;
  width?: string | undefined;
  /** Nothing is on its way yet. */
  isStill?: boolean;
  className?: string | undefined;
}

/** A grey shape in the place of what is being read. */
export const Skeleton = ({ height, width, isStill = false, className = "" }: SkeletonProps) => (
  <div
    className={`${classes.skeleton} ${className}`}
    data-still={isStill || undefined}
    style={{ height: typeof height === "number" ? `${height / 16}rem` : height, width }}
  />
);
