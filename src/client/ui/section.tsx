import type { ReactNode, Ref } from "react";
import frame from "./frame.module.css";
import classes from "./section.module.css";

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
export function Section({ id, title, about, beside, className = "", children, ...rest }: SectionProps) {
  return (
    <section aria-labelledby={id} className={`${frame.frame} ${className}`} {...rest}>
      <div className={classes.head} data-beside={beside ? "" : undefined}>
        <h2 id={id}>{title}</h2>
        {about}
        {beside}
      </div>
      {children}
    </section>
  );
}
