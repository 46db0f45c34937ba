import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Notice } from "../ui/notice.tsx";

/** Why the server does not take a field, as a stable word. */
export function reasonFor(error: Error | null, field: string): string | null {
  const fields = error instanceof ApiError ? (error.problem?.fields ?? []) : [];
  return fields.find((entry) => entry.field === field)?.reason ?? null;
}

/** A failure that belongs to no field. */
export function Refusal({ error }: { error: Error | null }) {
  const t = useMessages("account");
  if (!error) return null;
  const problem = error instanceof ApiError ? error.problem : null;
  if (problem?.fields?.length) return null;
  const seconds = problem?.retryAfterS;
  if (seconds === undefined) return <Failure error={error} title={t("nothingChanged")} />;
  return (
    <Notice
      color="yellow"
      title={
        seconds < 90 ? t("waitSeconds", { seconds }) : t("waitMinutes", { minutes: Math.ceil(seconds / 60) })
      }
    />
  );
}
