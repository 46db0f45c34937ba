import type { KeyboardEvent, RefObject } from "react";
import type { Patient } from "#contract/patient.ts";
import { useNow } from "../clock.ts";
import { useRosterMessages } from "./messages.ts";
import classes from "./roster.module.css";
import { RosterRow } from "./roster-row.tsx";

interface RosterTableProps {
  patients: readonly Patient[];
  ref: RefObject<HTMLTableSectionElement | null>;
  /** Arrow up from the first row. */
  onLeaveUp: () => void;
}

/** A table; on a narrow screen each row becomes a card. Arrows move between patients, Enter opens one. */
export function RosterTable({ patients, ref, onLeaveUp }: RosterTableProps) {
  const t = useRosterMessages();
  const nowMs = useNow();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...event.currentTarget.querySelectorAll("a")];
    const index = links.indexOf(event.target as HTMLAnchorElement) + step;
    if (index < 0) onLeaveUp();
    else links[index]?.focus();
  };
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("name")}</th>
          <th scope="col">{t("glucose")}</th>
          <th scope="col">{t("measured")}</th>
          <th scope="col">{t("sensor")}</th>
          <th scope="col">{t("partnerUid")}</th>
          <th scope="col">{t("region")}</th>
        </tr>
      </thead>
      <tbody ref={ref} onKeyDown={onKeyDown}>
        {patients.map((patient) => (
          <RosterRow key={patient.id} patient={patient} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}
