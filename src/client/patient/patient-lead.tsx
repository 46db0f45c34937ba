import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { isOffPregnancyTargets } from "#contract/identity.ts";
import type { Patient } from "#contract/patient.ts";
import { formatList } from "#words/list.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Dotted } from "../ui/dotted.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import classes from "./patient.module.css";

/**
 * Below the name: date of birth with the age, the hospital number, the IDs, with those of records merged into this one, diabetes type
 * and therapy, region, time zone, the way to the record, and tags.
 */
export function PatientLead({ patient }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const { search } = useLocation();
  const words = useIdentityWords();
  const identity = useMessages("identity");
  const { id, region, timeZone, tags, dateOfBirth, hospitalNumber, diabetesType, therapy } = patient;
  return (
    <>
      <Dotted>
        {dateOfBirth && words.dateWithAge(dateOfBirth, timeZone)}
        {hospitalNumber && words.hospitalNumber(hospitalNumber)}
        <PartnerUids patient={patient} />
        {diabetesType && diabetesType !== "other" && identity(diabetesType)}
        {isOffPregnancyTargets(patient) && (
          <a className={`${prose.link} ${prose.underlined}`} href="#targets">
            {t("usualTargets")}
          </a>
        )}
        {therapy && identity(therapy)}
        {region}
        {t("timesIn", { zone: timeZone })}
        <Link
          className={`${prose.link} ${prose.underlined} ${classes.link}`}
          data-print="no"
          to={{ pathname: `/patients/${id}/record`, search }}
        >
          {t("record")}
        </Link>
      </Dotted>
      {tags.length > 0 && (
        <ul className={classes.tags} aria-label={t("field.tags")}>
          {tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function PartnerUids({ patient: { id, partnerUid } }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const merged = useQuery(patientQueries.merged(id)).data ?? [];
  if (merged.length === 0) return partnerUid;
  const uids = formatList(
    merged.map((record) => record.partnerUid),
    language,
  );
  return t("uidWithMerged", { partnerUid, uids });
}
