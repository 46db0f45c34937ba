import type { AppointedPatient } from "#contract/appointments.ts";
import { useMessages } from "../i18n.ts";
import { Dotted } from "../ui/dotted.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";

type Shown = Omit<AppointedPatient, "isArchived"> & { isArchived?: boolean };

/** What tells two people of one name apart. */
export function Who({ patient, isLink = false }: { patient: Shown; isLink?: boolean }) {
  const t = useMessages("appointments");
  const words = useIdentityWords();
  const { id, name, partnerUid, dateOfBirth, hospitalNumber, isArchived } = patient;
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
          {isArchived && <strong>{t("archived")}</strong>}
        </Dotted>
      </span>
    </span>
  );
}
