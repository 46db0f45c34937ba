import { Skeleton, type SkeletonProps, VisuallyHidden } from "@mantine/core";

interface LoadingProps extends SkeletonProps {
  /** What is on its way, for those who do not see the grey shape. */
  label?: string;
}

/** A grey shape in the place of what is being read; the page is busy as long as it stands there. */
export function Loading({ label, ...shape }: LoadingProps) {
  return (
    <div aria-busy="true">
      <Skeleton {...shape} />
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
    </div>
  );
}
