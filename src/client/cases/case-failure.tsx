import { mostCaseChanges } from "#contract/case-fields.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { type Field, fields } from "./edits.ts";

/** What the server says is wrong with single fields. */
export function serverReasons(error: unknown): Partial<Record<Field, string>> {
  if (!(error instanceof ApiError) || error.code !== "invalid-request") return {};
  const given = error.problem?.fields ?? [];
  return Object.fromEntries(
    given
      .filter(({ field }) => fields.some((one) => one === field))
      .map(({ field, reason }) => [field, reason]),
  );
}

const isFull = (error: Error) =>
  error instanceof ApiError && error.problem?.fields?.some(({ reason }) => reason === "too-many");

/** A failure that no field tells of. */
export function CaseFailure({ error, title }: { error: Error | null; title: string }) {
  const t = useMessages("cases");
  if (!error || Object.keys(serverReasons(error)).length > 0) return null;
  if (isFull(error)) return <p role="alert">{t("tooManyChanges", { most: mostCaseChanges })}</p>;
  return <Failure error={error} title={title} />;
}
