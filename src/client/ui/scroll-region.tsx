import type { ReactNode } from "react";
import classes from "./scroll-region.module.css";

/**
 * What may be wider than the screen, scrolled by itself; a group and no
 * landmark, because it stands inside one.
 */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={classes.region} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
