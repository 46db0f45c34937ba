import type { CaseEdit, SensorCase } from "#contract/cases.ts";
import type { Field } from "./edits.ts";

const isOfField = (field: Field) => (edit: CaseEdit) =>
  edit.changes?.some((change) => change.field === field) ?? false;

/** Who wrote last what a field is now, and when; undefined where that cannot be told. */
export function writtenIn({ history }: Pick<SensorCase, "history">, field: Field): CaseEdit | undefined {
  const at = history.findLastIndex(isOfField(field));
  // What cannot be read may be about this field too.
  if (history.slice(at + 1).some(({ changes }) => changes === null)) return undefined;
  return history[at] ?? history.find(({ changes }) => changes?.length === 0);
}
