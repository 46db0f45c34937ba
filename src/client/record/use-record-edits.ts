import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Patient, PatientChange, RecordFields } from "#contract/patient.ts";
import { patientMutations } from "../api/patients.ts";
import { ApiError } from "../http.ts";
import { useDraft } from "../ui/draft.ts";
import { changesIn, clashesIn, type Edits, type Field, reasonsIn, without } from "./edits.ts";

const none: Edits = { edits: {}, from: {} };

/**
 * What is edited of a record, and how it is saved. Only what was edited is sent, so that a
 * colleague's edit of the rest stays; and with it what it was, so that a colleague's edit
 * of the same is not saved over unseen.
 */
export function useRecordEdits(patient: Patient, owner: string) {
  const [draft, setDraft, forget, wasKept] = useDraft<Edits>(`record-edits-${patient.id}`, owner, none);
  const { edits, from } = draft;
  const [attempted, setAttempted] = useState(false);
  // Not part of the edits, so that no draft brings the record's own zone back empty.
  const [isZoneUnknown, setZoneUnknown] = useState(false);
  const changes = changesIn(edits, patient);
  const wrong = { ...reasonsIn(changes), ...(isZoneUnknown && { timeZone: "required" as const }) };
  const clashes = clashesIn(draft, patient);
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    ...patientMutations.change(patient.id),
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (saved) => {
      if (!saved) return;
      setDraft(none);
      forget();
      setAttempted(false);
    },
  });
  const change = (next: Edits) => {
    save.reset();
    setDraft(next);
  };
  const edit = (edited: Partial<RecordFields>) => {
    const began = Object.keys(edited).map((field) => [field, patient[field as Field]]);
    change({ edits: { ...edits, ...edited }, from: { ...Object.fromEntries(began), ...from } });
  };
  const editZone = (timeZone: string) => {
    setZoneUnknown(timeZone === "");
    if (timeZone !== "") edit({ timeZone });
  };
  const discard = () => {
    setDraft(none);
    forget();
    setZoneUnknown(false);
  };
  const fromOf = (sent: PatientChange) =>
    Object.fromEntries(Object.keys(sent).map((field) => [field, from[field as Field]]));
  const submit = () => {
    setAttempted(true);
    // The server would refuse what clashes: it is decided first.
    if (isChanged && clashes.length === 0 && Object.keys(wrong).length === 0 && !save.isPending)
      save.mutate({ ...changes, from: fromOf(changes) });
  };
  // What clashes stands beside the fields, with both values.
  const isToldByClash =
    clashes.length > 0 && save.error instanceof ApiError && save.error.code === "changed-meanwhile";
  return {
    values: { ...patient, ...edits } as RecordFields,
    restored: wasKept ? (Object.keys(changes) as Field[]) : [],
    isChanged,
    isZoneUnknown,
    clashes,
    reasonOf: (field: Field) => (attempted || field === "tags" ? wrong[field] : undefined),
    edit,
    editZone,
    discard,
    /** Keeps one's own, now that the other's is known. */
    keep: (field: Field) => change({ edits, from: { ...from, [field]: patient[field] } }),
    take: (field: Field) => change({ edits: without(edits, field), from: without(from, field) }),
    submit,
    isPending: save.isPending,
    isSaved: save.isSuccess && !isChanged,
    failure: isToldByClash ? null : save.error,
  };
}

export type RecordEdits = ReturnType<typeof useRecordEdits>;
