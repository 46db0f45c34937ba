import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { importFields, largestImportBytes } from "#contract/import.ts";
import { formatList } from "#words/list.ts";
import { importMutations } from "../api/imports.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { FileButton } from "../ui/file-button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import classes from "./imports.module.css";

const reasons = [
  "encoding",
  "utf-16",
  "binary",
  "workbook",
  "blank",
  "empty",
  "too-large",
  "too-many",
  "columns",
] as const;

type Faults = readonly { field: string; reason: string }[];

/** What is wrong with the file as a whole, where it is the file that is wrong. */
const faultsOf = (error: Error | null): Faults | null => {
  const faults = error instanceof ApiError ? error.problem?.fields : null;
  return faults?.some(({ field }) => field === "file") ? faults : null;
};

/** Takes a file by button or by drop; once it is checked, its own page opens. */
export function FileForm() {
  const t = useMessages("imports", "file");
  const navigate = useNavigate();
  const { search } = useLocation();
  const [isOver, setIsOver] = useState(false);
  const [refused, setRefused] = useState<{ name: string; faults: Faults } | null>(null);
  const check = useMutation(importMutations.check);
  const take = (file: File | null | undefined) => {
    if (!file || check.isPending) return;
    check.reset();
    const isTooLarge = file.size > largestImportBytes;
    setRefused(isTooLarge ? { name: file.name, faults: [{ field: "file", reason: "too-large" }] } : null);
    if (isTooLarge) return;
    check.mutate(file, {
      onSuccess: ({ id }) => navigate({ pathname: `/patients/import/${id}`, search }),
      onError: (error) => {
        const faults = faultsOf(error);
        if (faults) setRefused({ name: file.name, faults });
      },
    });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard. */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <FileButton accept=".csv,.txt,.tsv,text/*" onFile={take} loading={check.isPending}>
          {t("action.chooseFile")}
        </FileButton>
        <p className={prose.dimmed} role="status">
          {check.isPending ? t("checking") : t("drop")}
        </p>
      </div>
      {refused && <Refused {...refused} />}
      {check.error && !refused && <Failure error={check.error} title={t("failed")} />}
    </div>
  );
}

function Refused({ name, faults }: { name: string; faults: Faults }) {
  const t = useMessages("imports", "file");
  const { language } = usePreferences();
  const reason = faults.find(({ field }) => field === "file")?.reason ?? "";
  const known = reasons.find((one) => one === reason);
  const found = faults.filter(({ field }) => field === "found").map((fault) => fault.reason);
  const columns = importFields.flatMap((field) => {
    const fault = faults.find((one) => one.field === field);
    if (!fault) return [];
    return t(fault.reason === "doubled" ? "doubled" : "missing", { field: t(`field.${field}`) });
  });
  return (
    <Notice className={`${layout.aboveMd} ${classes.lead}`} color="yellow" title={t("refused", { name })}>
      <p>{known ? t(`file-${known}`) : t("file-other", { reason })}</p>
      {columns.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {found.length > 0 && (
        <p className={classes.name}>
          {t("found", {
            names: formatList(
              found.map((one) => one || "–"),
              language,
            ),
          })}
        </p>
      )}
    </Notice>
  );
}
