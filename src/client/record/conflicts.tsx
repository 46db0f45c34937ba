import type { Patient, RecordFields } from "#contract/patient.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { useIdentityValues } from "../ui/identity-values.ts";
import layout from "../ui/layout.module.css";
import { formatList } from "../ui/list.ts";
import prose from "../ui/prose.module.css";
import { useTargetWords } from "../ui/target-words.ts";
import type { Field } from "./edits.ts";
import classes from "./record.module.css";

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
    <fieldset key={field} className={classes.confirm} aria-label={t("clash", { field: t(`field.${field}`) })}>
      <p className={prose.strong} role="alert">
        {t("clash", { field: t(`field.${field}`) })}
      </p>
      <p>{t("theirs", { value: wordsOf(field, patient) })}</p>
      <p>{t("yours", { value: wordsOf(field, values) })}</p>
      <div className={layout.row}>
        <Button variant="default" onClick={() => onTake(field)}>
          {t("takeTheirs")}
        </Button>
        <Button variant="default" onClick={() => onKeep(field)}>
          {t("keepYours")}
        </Button>
      </div>
    </fieldset>
  ));
}
