import { useQuery } from "@tanstack/react-query";
import { isKeyId } from "#contract/api-key-limits.ts";
import { auditOutcomes, nobody } from "#contract/audit.ts";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Mantine } from "../ui/mantine.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useTyped } from "../ui/typed.ts";
import { useActionWords } from "./action-words.ts";
import classes from "./audit.module.css";
import { SubjectField } from "./subject-field.tsx";
import type { AuditFilter } from "./view.ts";

const pauseMs = 400;

interface FilterBarProps {
  filter: AuditFilter;
  subjectName: string | null;
  onChange: (filter: AuditFilter) => void;
}

/** What the address names is offered even when nobody has it any more. */
const withChosen = (options: { value: string; label: string }[], chosen: string | undefined) =>
  chosen && !options.some(({ value }) => value === chosen)
    ? [...options, { value: chosen, label: chosen }]
    : options;

export function FilterBar({ filter, subjectName, onChange }: FilterBarProps) {
  const t = useMessages("audit", "trail");
  const actionWords = useActionWords();
  const { data: choices } = useQuery(auditQueries.choices);
  const narrow = (change: AuditFilter) => onChange({ ...filter, ...change });
  const [address, setAddress] = useTyped(
    filter.address ?? "",
    (typed) => narrow({ address: typed || undefined }),
    pauseMs,
  );
  const actions = (choices?.actions ?? [])
    .map((value) => ({ value, label: actionWords(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const people = (choices?.people ?? []).map(({ id, name }) => ({
    value: id,
    label: isKeyId(id) ? t("program", { name }) : name,
  }));
  const choice = (
    name: "actor" | "action" | "outcome",
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <SelectField
      size="xs"
      // Its words are the longest.
      className={name === "action" ? classes.wide : undefined}
      label={label}
      value={filter[name] ?? ""}
      options={[{ value: "", label: all }, ...withChosen(options, filter[name])]}
      onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
    />
  );
  const day = (name: "from" | "to") => (
    <TextField
      size="xs"
      type="date"
      label={t(name)}
      value={filter[name] ?? ""}
      onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
    />
  );
  return (
    <div className={classes.filters}>
      {choice("actor", t("person"), t("anyone"), [...people, { value: nobody, label: t("nobody") }])}
      {choice("action", t("action"), t("anything"), actions)}
      <Mantine>
        <SubjectField value={filter.subject} name={subjectName} onChange={(subject) => narrow({ subject })} />
      </Mantine>
      {choice(
        "outcome",
        t("outcome"),
        t("any"),
        auditOutcomes.map((value) => ({ value, label: t(`outcome-${value}`) })),
      )}
      <TextField
        size="xs"
        label={t("address")}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        spellCheck={false}
      />
      {day("from")}
      {day("to")}
      <Button
        size="xs"
        variant="default"
        disabled={Object.values(filter).every((value) => value === undefined)}
        onClick={() => onChange({})}
      >
        {t("clear")}
      </Button>
    </div>
  );
}
