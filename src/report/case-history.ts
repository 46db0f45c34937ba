import type { CaseEdit, CaseFields, SensorCase } from "#contract/cases.ts";

const isOfField = (field: keyof CaseFields) => (edit: CaseEdit) =>
  edit.changes?.some((change) => change.field === field) ?? false;

/** Who wrote last what a field is now, and when; undefined where that cannot be told. */
export function writtenIn(
  { history }: Pick<SensorCase, "history">,
  field: keyof CaseFields,
): CaseEdit | undefined {
  const at = history.findLastIndex(isOfField(field));
  // What cannot be read may be about this field too.
  if (history.slice(at + 1).some(({ changes }) => changes === null)) return undefined;
  return history[at] ?? history.find(({ changes }) => changes?.length === 0);
}
