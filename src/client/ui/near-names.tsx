import type { NearPatient } from "#contract/roster.ts";
import { useMessages } from "../i18n.ts";
import { Dotted } from "./dotted.tsx";
import { useIdentityWords } from "./identity-words.ts";
import { Link } from "./link.tsx";
import prose from "./prose.module.css";

/** Whose names are nearly the one that nobody has. */
export function NearNames({
  // A server of before knows none.
  near = [],
  onChosen,
}: {
  near: readonly NearPatient[] | undefined;
  onChosen?: () => void;
}) {
  const t = useMessages("ui");
  const words = useIdentityWords();
  if (near.length === 0) return null;
  return (
    <div className={prose.small}>
      {t("nearNames")}
      <ul>
        {near.map(({ id, name, partnerUid, dateOfBirth, hospitalNumber }) => (
          <li key={id}>
            <Link
              className={`${prose.link} ${prose.underlined}`}
              to={`/patients/${id}`}
              {...(onChosen && { onClick: onChosen })}
            >
              {name}
            </Link>{" "}
            <Dotted>
              {partnerUid}
              {dateOfBirth && words.born(dateOfBirth)}
              {hospitalNumber && words.hospitalNumber(hospitalNumber)}
            </Dotted>
          </li>
        ))}
      </ul>
    </div>
  );
}
