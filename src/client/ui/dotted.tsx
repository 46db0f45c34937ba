import { Children, Fragment, type ReactNode } from "react";
import classes from "./dotted.module.css";

/** Facts with dots between them, none of which begins or ends a line. */
export function Dotted({ children }: { children: ReactNode }) {
  return (
    <span className={classes.dotted}>
      {Children.toArray(children).map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: They have no name but their place.
        <Fragment key={index}>
          {index > 0 && " "}
          <span>{fact}</span>
        </Fragment>
      ))}
    </span>
  );
}
