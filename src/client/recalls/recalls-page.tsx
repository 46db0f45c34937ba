import { useMutation, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useNavigate } from "react-router";
import { largestRecallBytes } from "#contract/recalls.ts";
import { formatDateTime } from "#words/time.ts";
import { recallMutations, recallQueries } from "../api/recalls.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { FileButton } from "../ui/file-button.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./recalls.module.css";

/** `/recalls`: a file of recalled serial numbers to compare with ours, and the recalls before. */
export function RecallsPage() {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery(recallQueries.all);
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to="/look-ups">
        ← {t("lists")}
      </Link>
      <Page title={t("title")} lead={t("lead")}>
        <div className={layout.column} data-gap="xl">
          <RecallFile />
          <section>
            <h2 className={layout.belowSm}>{t("all")}</h2>
            {error && <Failure error={error} title={t("allFailed")} onRetry={() => void refetch()} />}
            {data?.recalls.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
            <ul className={classes.list}>
              {data?.recalls.map(({ id, name, createdAtMs }) => (
                <li key={id}>
                  <Link className={prose.link} to={`/recalls/${id}`}>
                    {name || id}
                  </Link>
                  <div className={prose.note}>{formatDateTime(createdAtMs, viewerZone, language)}</div>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </Page>
    </>
  );
}

const reasons = ["workbook", "binary", "blank", "no-serials", "too-large"] as const;

function RecallFile() {
  const t = useMessages("recalls");
  const navigate = useNavigate();
  const begin = useMutation(recallMutations.begin);
  const [refused, setRefused] = useState<(typeof reasons)[number] | null>(null);
  const take = (file: File | null | undefined) => {
    if (!file || begin.isPending) return;
    begin.reset();
    if (file.size > largestRecallBytes) return setRefused("too-large");
    setRefused(null);
    begin.mutate(file, {
      onSuccess: ({ id }) => navigate(`/recalls/${id}`),
      onError: (error) => {
        const given = error instanceof ApiError ? error.problem?.fields : undefined;
        const said = given?.find(({ field }) => field === "file")?.reason;
        setRefused(reasons.find((one) => one === said) ?? null);
      },
    });
  };
  return (
    <section
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
      aria-label={t("file")}
    >
      <p className={`${prose.note} ${layout.belowSm}`}>{t("fileNote")}</p>
      <FileButton accept=".csv,.txt,text/*" loading={begin.isPending} onFile={take}>
        {begin.isPending ? t("comparing") : t("action.chooseFile")}
      </FileButton>
      {refused && (
        <Notice className={layout.aboveSm} color="orange" role="alert">
          {t(`refused-${refused}`)}
        </Notice>
      )}
      {begin.error && !refused && <Failure error={begin.error} title={t("beginFailed")} />}
    </section>
  );
}
