import type { ListedPatient as Row } from "#contract/roster.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useIdentityWords } from "../ui/identity-words.ts";
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

/** What tells somebody from another of the same name. */
export function Namesake({ row: { hasNamesake, dateOfBirth, hospitalNumber } }: { row: Row }) {
  const words = useIdentityWords();
  if (!hasNamesake) return null;
  return (
    <>
      {dateOfBirth && <span>{words.born(dateOfBirth)}</span>}
      {hospitalNumber && <span>{words.hospitalNumber(hospitalNumber)}</span>}
    </>
  );
}
