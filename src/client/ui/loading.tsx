import classes from "./loading.module.css";
import prose from "./prose.module.css";
import { Skeleton, type SkeletonProps } from "./skeleton.tsx";

interface LoadingProps extends SkeletonProps {
  /** What is on its way, for those who do not see the grey shape. */
  label?: string;
  /** Of as many rows or fields, one under the other. */
  rows?: number;
}

/** Grey shapes in the place of what is being read; the page is busy as long as they stand there. */
export function Loading({ label, rows = 1, className = "", ...shape }: LoadingProps) {
  return (
    <div aria-busy="true" className={`${classes.shapes} ${className}`}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have nothing else that distinguishes them.
        <Skeleton key={row} {...shape} />
      ))}
      {label && <span className={prose.unseen}>{label}</span>}
    </div>
  );
}
