import { Skeleton, type SkeletonProps, VisuallyHidden } from "@mantine/core";
import classes from "./loading.module.css";

interface LoadingProps extends SkeletonProps {
  /** What is on its way, for those who do not see the grey shape. */
  label?: string;
  /** Of as many rows or fields, one under the other. */
  rows?: number;
}

/** A grey shape in the place of what is being read; the page is busy as long as it stands there. */
export function Loading({ label, rows = 1, ...shape }: LoadingProps) {
  return (
    <div aria-busy="true" className={classes.shapes}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have nothing else that distinguishes them.
        <Skeleton key={row} {...shape} />
      ))}
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
    </div>
  );
}
