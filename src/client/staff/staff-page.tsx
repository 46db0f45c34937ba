import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { sessionQuery } from "../api/session.ts";
import { staffQueries } from "../api/staff.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { Mantine } from "../ui/mantine.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { InviteForm } from "./invite-form.tsx";
import { LinkNote } from "./link-note.tsx";
import { OpenLinks } from "./open-links.tsx";
import classes from "./staff.module.css";
import { StaffTable } from "./staff-table.tsx";

/** `/staff`, for administrators: who may sign in and as what, and links by which colleagues come in. */
export function StaffPage() {
  const t = useMessages("staff");
  const app = useMessages("app");
  const owner = useQuery(sessionQuery).data?.user.id;
  const { data, error, refetch } = useQuery(staffQueries.list);
  const [made, setMade] = useState<NewLink | null>(null);
  return (
    <Page title={app("staff")} lead={t("lead")}>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height={160} label={t("loading")} />}
      {made && <LinkNote key={made.invitation.id} made={made} />}
      {data && (
        <Mantine>
          <StaffTable staff={data.staff} onLink={setMade} />
        </Mantine>
      )}
      <div className={classes.below}>
        <div className={`${frame.frame} ${frame.wide}`}>
          <h2>{t("invite")}</h2>
          <p className={`${prose.dimmed} ${layout.belowMd}`}>{t("inviteLead")}</p>
          {owner && <InviteForm owner={owner} onLink={setMade} />}
        </div>
        <OpenLinks onWithdrawn={(id) => setMade((shown) => (shown?.invitation.id === id ? null : shown))} />
      </div>
    </Page>
  );
}
