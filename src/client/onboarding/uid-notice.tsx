import { useQuery } from "@tanstack/react-query";
import { type Patient, usualUid } from "#contract/patient.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { useSettled } from "../ui/use-settled.ts";

const pauseMs = 250;

/** The patient who has this ID already; null when nobody has or it is not known yet. */
export function useKnownPatient(partnerUid: string) {
  const uid = partnerUid.trim();
  const settled = useSettled(uid, pauseMs);
  const { data } = useQuery(patientQueries.lookup(settled));
  return settled === uid ? (data ?? null) : null;
}

/**
 * What the ID that is being typed should make one think of: it is taken, nearly taken, or has odd characters.
 */
export function UidNotice({
  partnerUid,
  known,
}: {
  partnerUid: string;
  known: ReturnType<typeof useKnownPatient>;
}) {
  const t = useMessages("onboarding");
  const uid = partnerUid.trim();
  const link = ({ id, name }: Patient) => (
    <Link className={prose.link} to={`/patients/${id}`}>
      {t("open", { name })}
    </Link>
  );
  // A character that shows nothing is named by its number.
  const nameOf = (character: string) => {
    if (character === " ") return t("space");
    const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    return /[\p{C}\p{Z}\p{M}]/u.test(character) ? number : character;
  };
  const odd = usualUid.test(uid)
    ? []
    : [...new Set([...uid].filter((character) => !usualUid.test(character)))];
  return (
    <div role="status">
      {known?.patient && (
        <Notice color="red">
          <Sentences>
            {t("taken", { name: known.patient.name })}
            {link(known.patient)}
          </Sentences>
        </Notice>
      )}
      {known?.similar && (
        <Notice color="yellow">
          <Sentences>
            {t("similar", { name: known.similar.name, partnerUid: known.similar.partnerUid })}
            {link(known.similar)}
          </Sentences>
        </Notice>
      )}
      {uid !== "" && odd.length > 0 && (
        <Notice color="yellow">
          {t("odd", {
            characters: odd.map(nameOf).join(" "),
          })}
        </Notice>
      )}
    </div>
  );
}
