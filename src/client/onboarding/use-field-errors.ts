import { useState } from "react";
import type { NewPatient } from "#contract/patient-change.ts";
import { useMessages } from "../i18n.ts";
import { type Field, mostCharacters, reasonsIn, reasonsOf, type Values } from "./checks.ts";

/** A failed attempt and what was sent with it. */
export interface Refused {
  error: Error;
  values: NewPatient;
}

/**
 * What is wrong with each field: said once it was left or the form was sent,
 * and by the server until it is changed.
 */
export function useFieldErrors(values: Values, refused: Refused | null) {
  const t = useMessages("onboarding");
  const others = useMessages("identity");
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const wrong = reasonsIn(values);
  const refusedReasons = refused ? reasonsOf(refused.error) : {};
  const errorOf = (field: Field): string | null => {
    const isShown = attempted || left.has(field);
    const unchanged = refused !== null && (refused.values[field] ?? "") === values[field];
    const reason = (isShown ? wrong[field] : undefined) ?? (unchanged ? refusedReasons[field] : undefined);
    // An empty field is not a wrong one.
    const shownReason = reason && values[field].trim() === "" ? "required" : reason;
    if (shownReason === "too-long")
      return t("error.too-long", { length: values[field].trim().length, most: mostCharacters[field] ?? 0 });
    return shownReason ? others(`error.${shownReason}`) : null;
  };
  return {
    isWrong: Object.keys(wrong).length > 0,
    errorOf,
    leave: (field: Field) => setLeft((fields) => new Set(fields).add(field)),
    showAll: () => setAttempted(true),
  };
}
