import type { ReactNode } from "react";
import type { AppointedPatient } from "#contract/appointments.ts";
import { Dotted } from "./dotted.tsx";
import { useIdentityWords } from "./identity-words.ts";
import { Link } from "./link.tsx";
import prose from "./prose.module.css";

interface WhoProps {
  patient: Omit<AppointedPatient, "isArchived">;
  isLink?: boolean;
  /** What else is to be said of them. */
  children?: ReactNode;
}

/** What tells two people of one name apart. */
export function Who({ patient, isLink = false, children }: WhoProps) {
  const words = useIdentityWords();
  const { id, name, partnerUid, dateOfBirth, hospitalNumber } = patient;
  return (
    <span>
      {isLink ? (
        <Link className={`${prose.link} ${prose.underlined}`} to={`/patients/${id}`}>
          {name}
        </Link>
      ) : (
        <strong>{name}</strong>
      )}{" "}
      <span className={prose.note}>
        <Dotted>
          {partnerUid}
          {dateOfBirth && words.born(dateOfBirth)}
          {hospitalNumber && words.hospitalNumber(hospitalNumber)}
          {children}
        </Dotted>
      </span>
    </span>
  );
}
