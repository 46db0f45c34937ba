import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode, Ref } from "react";

interface SectionProps {
  id: string;
  title: ReactNode;
  /** What follows the title in its line. */
  about?: ReactNode;
  /** What stands at the other end of that line. */
  beside?: ReactNode;
  className?: string | undefined;
  ref?: Ref<HTMLElement> | undefined;
  "data-print"?: "yes" | "no";
  "data-open"?: "" | undefined;
  children: ReactNode;
}

/** A part of a page in a frame of its own, named by its heading. */
export function Section({ id, title, about, beside, className, children, ...rest }: SectionProps) {
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id} className={className ?? ""} {...rest}>
      <Group {...(beside ? { justify: "space-between", gap: "xs" } : { gap: "0 0.625rem" })}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {about}
        {beside}
      </Group>
      {children}
    </Paper>
  );
}
