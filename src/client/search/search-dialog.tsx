import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useNavigate } from "react-router";
import type { ListedPatient } from "#contract/roster.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Dotted } from "../ui/dotted.tsx";
import { Failure } from "../ui/failure.tsx";
import { useIdentityWords } from "../ui/identity-words.ts";
import { NearNames } from "../ui/near-names.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./search.module.css";
import { type SearchOption, useOptions } from "./use-options.ts";

/** Over everything, with the focus in its field. */
function showModal(dialog: HTMLDialogElement | null): void {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}

interface SearchDialogProps {
  seesPatients: boolean;
  onClose: (hasChosen: boolean) => void;
}

/**
 * Patients and sensors in one field, by keyboard: arrows choose, Enter opens, Escape leaves. What is typed goes
 * into no address and is forgotten when it closes.
 */
export function SearchDialog({ seesPatients, onClose }: SearchDialogProps) {
  const t = useMessages("app", "searchFor");
  const [text, setText] = useState("");
  const found = useOptions(text, seesPatients);
  const { options } = found;
  const { active, setActive, onKeyDown, open } = useListbox(found, () => onClose(true));
  const list = useId();
  const optionId = (index: number) => `${list}-${index}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape.
    <dialog
      ref={showModal}
      className={classes.dialog}
      aria-label={t("search")}
      onCancel={(event) => {
        event.preventDefault();
        onClose(false);
      }}
      onClick={(event) => event.target === event.currentTarget && onClose(false)}
    >
      <div className={classes.content}>
        <TextField
          size="md"
          type="text"
          role="combobox"
          aria-label={t(seesPatients ? "field" : "fieldSensors")}
          placeholder={t(seesPatients ? "field" : "fieldSensors")}
          aria-expanded={options.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active === null ? undefined : optionId(active)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setActive(null);
            setText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label={t("found")} className={classes.options}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field.
            <div
              key={option.key}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              className={classes.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => open(option)}
            >
              {"patient" in option ? (
                <PatientOption patient={option.patient} />
              ) : "serial" in option ? (
                t("field.sensor", { serial: option.serial })
              ) : (
                t("caller", { text: option.person })
              )}
            </div>
          ))}
        </div>
        <Outcome found={found} seesPatients={seesPatients} onChosen={() => onClose(true)} />
      </div>
    </dialog>
  );
}

/**
 * Arrows go round. Enter opens what was chosen, or the first one shown. Where it comes before the answer does, only
 * who is meant without doubt opens by it; of several the first is marked, lest it be the wrong one.
 */
function useListbox(
  { q, options, patients, isAnswered }: ReturnType<typeof useOptions>,
  onOpened: () => void,
) {
  const navigate = useNavigate();
  const [active, setActive] = useState<number | null>(null);
  const [isAsked, setAsked] = useState(false);
  const open = (option: SearchOption) => {
    onOpened();
    void navigate(option.path, "person" in option ? { state: { person: option.person } } : undefined);
  };
  useEffect(() => {
    if (!isAsked || !isAnswered) return;
    setAsked(false);
    const [first] = options;
    if (first && (options.length === 1 || patients === 1 || isCalled(first, q))) open(first);
    else if (first) setActive(0);
  });
  const step = (by: 1 | -1) => {
    if (options.length === 0) return;
    const from = active ?? (by === 1 ? -1 : options.length);
    setActive((from + by + options.length) % options.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = active === null ? (isAnswered ? options[0] : undefined) : options[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && chosen) open(chosen);
    else if (event.key === "Enter") setAsked(true);
    else return;
    event.preventDefault();
  };
  const choose = (index: number | null) => {
    setAsked(false);
    setActive(index);
  };
  return {
    active: active !== null && active < options.length ? active : null,
    setActive: choose,
    onKeyDown,
    open,
  };
}

const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Whether this is to the letter their ID or hospital number. */
const isCalled = (option: SearchOption, q: string): boolean =>
  "patient" in option &&
  [option.patient.partnerUid, option.patient.hospitalNumber].some((id) => id && folded(id) === folded(q));

/** What tells two people of one name apart. */
function PatientOption({ patient }: { patient: ListedPatient }) {
  const words = useIdentityWords();
  const { name, partnerUid, merged, region, dateOfBirth, hospitalNumber } = patient;
  return (
    <>
      <span className={prose.strong}>{name}</span>{" "}
      <span className={classes.identity}>
        <Dotted>
          {partnerUid}
          {merged.length > 0 && merged.map((record) => record.partnerUid).join(" ")}
          {dateOfBirth && words.born(dateOfBirth)}
          {hospitalNumber && words.hospitalNumber(hospitalNumber)}
          {region}
        </Dotted>
      </span>
    </>
  );
}

/** How many there are, or why there are none. */
function Outcome({
  found,
  seesPatients,
  onChosen,
}: {
  found: ReturnType<typeof useOptions>;
  seesPatients: boolean;
  onChosen: () => void;
}) {
  const t = useMessages("app", "searchFor");
  const { language } = usePreferences();
  const { q, options, isAnswered, error, patients, archived, near } = found;
  const number = new Intl.NumberFormat(language);
  const said = () => {
    if (q === "") return t("keys");
    if (!isAnswered) return t("searching");
    if (patients > options.length)
      return t("firstOf", { shown: number.format(options.length), of: number.format(patients) });
    if (options.length > 0)
      return t("count", { count: options.length, shown: number.format(options.length) });
    return t(seesPatients ? "nobody" : "keys");
  };
  return (
    <>
      {error && <Failure error={error} title={t("failed")} />}
      <p className={prose.note} role="status">
        {said()}
        {isAnswered &&
          archived > 0 &&
          ` ${t("archived", { count: archived, shown: number.format(archived) })}`}
      </p>
      {isAnswered && <NearNames near={near} onChosen={onChosen} />}
    </>
  );
}
