import { isOffPregnancyTargets } from "#contract/identity.ts";
import type { ListedPatient as Row } from "#contract/roster.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityWords } from "../ui/identity-words.ts";
import { Link } from "../ui/link.tsx";
import classes from "./roster.module.css";

/** The ID, and those of the records that are a part of this one: by them it is found too. */
export function PartnerUids({ row: { partnerUid, name, merged } }: { row: Row }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  if (merged.length === 0) return partnerUid;
  const records = formatList(
    merged.map((record) =>
      record.name === name ? record.partnerUid : `${record.partnerUid} ${record.name}`,
    ),
    language,
  );
  const words = t("withMerged", { records });
  return (
    <>
      {partnerUid}{" "}
      <small className={classes.merged} title={words}>
        {words}
      </small>
    </>
  );
}

/** That the record says gestational, and the row is judged by the usual targets. */
export function TargetsDoubt({ row }: { row: Row }) {
  const t = useMessages("roster");
  if (!isOffPregnancyTargets(row)) return null;
  return (
    <Link className={classes.doubt ?? ""} to={`/patients/${row.id}#targets`}>
      {t("targetsDoubt")}
    </Link>
  );
}

/** What tells somebody from another of the same name. */
export function Namesake({
  row: { hasNamesake, dateOfBirth, hospitalNumber },
  isByDate = false,
}: {
  row: Row;
  /** A date is searched for: when everybody found was born is said. */
  isByDate?: boolean;
}) {
  const words = useIdentityWords();
  if (!hasNamesake && !isByDate) return null;
  return (
    <>
      {dateOfBirth && <span>{words.born(dateOfBirth)}</span>}
      {hasNamesake && hospitalNumber && <span>{words.hospitalNumber(hospitalNumber)}</span>}
    </>
  );
}
