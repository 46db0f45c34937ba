import classes from "./serial.module.css";
import { serialGroups } from "./serial.ts";

/**
 * A serial number in groups of four. The gaps are drawn, not written: what is copied is the number itself.
 */
export function SerialText({ serial }: { serial: string }) {
  return (
    <span className={classes.serial} translate="no">
      {serialGroups(serial).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal groups differ only by their place, and never move.
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}
