import type { ReactNode } from "react";
import type { Role } from "#contract/staff.ts";
import "../ui/bands.css";
import classes from "./role-picture.module.css";

/** Decoration: what a role looks at, in a few strokes. No one's data. */
const drawings: Record<Role, ReactNode> = {
  // A curve through its range, with a low.
  clinician: (
    <>
      <rect className={classes.range} x="6" y="22" width="84" height="20" />
      <path
        className={classes.inRange}
        d="M6 34c6 1 9 3 13-1s7-9 12-6 6 10 10 14M52 43c4-6 7-12 12-11s7 5 11 4 7-8 13-9"
      />
      <path className={classes.low} d="M41 41c3 5 7 8 11 2" />
      <circle className={classes.dot} cx="88" cy="27" r="3" />
      <path className={classes.lines} d="M6 10h26" />
    </>
  ),
  // A sensor's life and what to tell the caller; no value.
  support: (
    <>
      <path className={classes.lines} d="M22 13h40M22 20h28" />
      <circle className={classes.mark} cx="12" cy="16" r="5" />
      <path className={classes.life} d="M8 36h50" />
      <path className={classes.rest} d="M58 36h30" />
      <circle className={classes.mark} cx="8" cy="36" r="4" />
      <circle className={classes.mark} cx="58" cy="36" r="4" />
      <path className={classes.lines} d="M8 48h22M40 48h22" />
    </>
  ),
  // People with their roles, and the trail.
  administrator: (
    <>
      {[12, 27, 42].map((y) => (
        <g key={y}>
          <circle className={classes.mark} cx="12" cy={y + 1} r="4" />
          <path className={classes.lines} d={`M22 ${y}h24`} />
          <rect className={classes.badge} x="62" y={y - 4} width={y === 27 ? 18 : 26} height="9" rx="4.5" />
        </g>
      ))}
    </>
  ),
};

export function RolePicture({ role }: { role: Role }) {
  return (
    <svg className={classes.picture} viewBox="0 0 96 56" aria-hidden="true" focusable="false">
      {drawings[role]}
    </svg>
  );
}
