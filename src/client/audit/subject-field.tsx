import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parseSerial } from "#contract/serial.ts";
import { auditQueries } from "../api/audit.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { useSettled } from "../ui/use-settled.ts";
import classes from "./audit.module.css";

const pauseMs = 200;
/** Shorter ones would offer a sensor for every name that is being typed. */
const shortestSerial = 4;
const mostColleagues = 8;

interface SubjectFieldProps {
  /** The ID of a patient or a colleague, or a serial number. */
  value: string | undefined;
  /** What the chosen one is called, where a row says it. */
  name: string | null;
  onChange: (value: string | undefined) => void;
}

/**
 * Finds a patient by name or ID, a colleague by name, or takes a serial number. What is typed is
 * sent in a body and stands in no address.
 */
export function SubjectField({ value, name, onChange }: SubjectFieldProps) {
  const t = useMessages("audit", "trail");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const known = value ? { value, label: chosen?.value === value ? chosen.label : (name ?? value) } : null;
  const typed = text === known?.label ? "" : text.trim();
  const q = useSettled(typed, pauseMs);
  const { data } = useQuery(patientQueries.matching(q));
  const people = useQuery(auditQueries.choices).data?.people ?? [];
  const colleagues = people
    .filter(({ name: colleague }) => typed && colleague.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, mostColleagues)
    .map(({ id, name: colleague }) => ({ value: id, label: t("colleague", { name: colleague }) }));
  const serial = parseSerial(typed);
  const isSerial = serial !== null && serial.length >= shortestSerial && /\d/.test(serial);
  const sensors = isSerial ? [{ value: serial, label: t("field.sensor", { serial }) }] : [];
  const isTyped = ({ partnerUid }: { partnerUid: string }) =>
    partnerUid.toLowerCase() === typed.toLowerCase();
  const toOption = ({ id, name: patient, partnerUid }: { id: string; name: string; partnerUid: string }) => ({
    value: id,
    label: t("patient", { name: patient, uid: partnerUid }),
  });
  const patients = (typed && q === typed && data) || [];
  const offered = [
    // What was typed whole comes first, so that it is what Enter takes.
    ...patients.filter(isTyped).map(toOption),
    ...sensors,
    ...patients.filter((patient) => !isTyped(patient)).map(toOption),
    ...colleagues,
  ];
  const others = known && !offered.some((option) => option.value === known.value) ? [known] : [];
  return (
    <Select
      className={classes.wide ?? ""}
      size="xs"
      label={t("subject")}
      placeholder={t("field.searchHint")}
      searchable
      clearable
      selectFirstOptionOnChange={isSerial}
      data={[...others, ...offered]}
      // The server has chosen them already, by more than their letters.
      filter={({ options }) =>
        typed
          ? options.filter((option) => !others.some((one) => "value" in option && one.value === option.value))
          : options
      }
      value={known?.value ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => {
        setChosen(offered.find((option) => option.value === id) ?? null);
        onChange(id ?? undefined);
      }}
      nothingFoundMessage={typed && q === typed && data ? t("nothingFound") : undefined}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
