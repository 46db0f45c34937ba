import type { Device } from "#contract/device.ts";
import { useMessages } from "../i18n.ts";
import badge from "../ui/badge.module.css";
import classes from "./state-badge.module.css";

type State = Device["state"];

/** It tells the states apart where colour cannot. */
const marks: Record<State, string> = { unbound: "○", bound: "◐", activated: "●", ended: "■", unknown: "?" };

export function StateBadge({ state, size }: { state: State; size: "md" | "lg" }) {
  const t = useMessages("device", "life");
  return (
    <span className={`${badge.badge} ${classes.state}`} data-state={state} data-size={size}>
      <span aria-hidden="true">{marks[state]}</span>
      {t(`state.${state}`)}
    </span>
  );
}
