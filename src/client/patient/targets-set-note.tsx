import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Patient } from "#contract/patient.ts";
import { formatDateTime } from "#words/time.ts";
import { colleaguesQuery } from "../api/colleagues.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { useTargetWords } from "../ui/target-words.ts";
import classes from "./targets.module.css";

/** Who set the targets, when and why, and what they were before; nothing while they are as registered. */
export function TargetsSetNote({ patient, children }: { patient: Patient; children: ReactNode }) {
  const t = useMessages("patient", "targets");
  const targetWords = useTargetWords();
  const { language } = usePreferences();
  const { targetsSet, timeZone } = patient;
  const user = useQuery(sessionQuery).data?.user;
  const isOwn = user !== undefined && user.id === targetsSet?.by;
  const colleagues = useQuery({ ...colleaguesQuery, enabled: targetsSet !== null && !isOwn }).data;
  if (!targetsSet) return null;
  const { by, atMs, reason, before } = targetsSet;
  const name = isOwn ? user.name : (colleagues?.find(({ id }) => id === by)?.name ?? t("formerColleague"));
  return (
    <div className={classes.set}>
      <p className={prose.small} role="status">
        {t("targetsSetBy", {
          name,
          at: formatDateTime(atMs, timeZone, language),
          before: targetWords(before),
        })}
        {reason && ` ${t("targetsWhy", { reason })}`}
      </p>
      {children}
    </div>
  );
}
