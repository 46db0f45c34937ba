import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Patient, RecordFields } from "#contract/patient.ts";
import type { PatientChange } from "#contract/patient-change.ts";
import { canBeTold, duplicatesQuery } from "../api/duplicates.ts";
import { patientMutations } from "../api/patients.ts";
import { ApiError } from "../http.ts";
import { useDraft } from "../ui/draft.ts";
import { useLikelyDuplicates } from "../ui/likely-duplicates.tsx";
import { changesIn, clashesIn, type Edits, type Field, reasonsIn, without } from "./edits.ts";

const none: Edits = { edits: {}, from: {} };

/** The person as edited, where that is what they are told by; nobody otherwise. */
function personOf(changes: PatientChange, { id, ...kept }: Patient) {
  const { name, dateOfBirth, hospitalNumber, phone } = { ...kept, ...changes };
  const isAnother = [changes.name, changes.dateOfBirth, changes.hospitalNumber, changes.phone].some(Boolean);
  return {
    id,
    name: isAnother ? name.trim() : "",
    dateOfBirth: (isAnother && dateOfBirth?.trim()) || "",
    hospitalNumber: (isAnother && hospitalNumber?.trim()) || "",
    phone: (isAnother && phone?.trim()) || "",
  };
}

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
  const person = personOf(changes, patient);
  const likely = useLikelyDuplicates(person);
  const queryClient = useQueryClient();
  const isAsking = useRef(false);
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
  const submit = async () => {
    setAttempted(true);
    // The server would refuse what clashes: it is decided first.
    if (!isChanged || clashes.length > 0 || Object.keys(wrong).length > 0 || save.isPending) return;
    const send = () => save.mutate({ ...changes, from: fromOf(changes) });
    if (!canBeTold(person) || likely.length > 0) return send();
    // Who is quicker than the check waits for it; one that fails holds nobody up.
    if (isAsking.current) return;
    isAsking.current = true;
    const found = await queryClient.fetchQuery(duplicatesQuery(person)).catch(() => []);
    isAsking.current = false;
    if (found.length === 0) send();
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
    likely,
    isSaved: save.isSuccess && !isChanged,
    failure: isToldByClash ? null : save.error,
  };
}

export type RecordEdits = ReturnType<typeof useRecordEdits>;
