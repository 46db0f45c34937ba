import type { Patient, RecordFields } from "#contract/patient.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Clash } from "../ui/clash.tsx";
import { useIdentityValues } from "../ui/identity-values.ts";
import { useTargetWords } from "../ui/target-words.ts";
import type { Field } from "./edits.ts";

interface ConflictsProps {
  fields: readonly Field[];
  patient: Patient;
  values: RecordFields;
  colleagues: readonly { id: string; name: string }[];
  /** The other's value is known now and may be saved over. */
  onKeep: (field: Field) => void;
  onTake: (field: Field) => void;
}

/** What somebody else has changed since it was edited here: both values, and the choice between them. */
export function Conflicts({ fields, patient, values, colleagues, onKeep, onTake }: ConflictsProps) {
  const t = useMessages("record");
  const { language } = usePreferences();
  const targetWords = useTargetWords();
  const valueWords = useIdentityValues();
  const wordsOf = (field: Field, from: RecordFields): string => {
    const nameOf = (id: string) => colleagues.find((colleague) => colleague.id === id)?.name;
    if (field === "targets") return targetWords(from.targets);
    if (field === "tags") return formatList(from.tags, language) || t("none");
    if (field === "careTeam")
      return (
        formatList(
          from.careTeam.map((id) => nameOf(id) ?? t("formerColleague")),
          language,
        ) || t("none")
      );
    if (field === "name" || field === "timeZone") return from[field];
    return valueWords(field, from[field]);
  };
  return fields.map((field) => (
    <Clash
      key={field}
      field={t(`field.${field}`)}
      theirs={wordsOf(field, patient)}
      yours={wordsOf(field, values)}
      onKeep={() => onKeep(field)}
      onTake={() => onTake(field)}
    />
  ));
}
