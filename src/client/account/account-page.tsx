import { useQuery } from "@tanstack/react-query";
import { accountQueries } from "../api/account.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import classes from "./account.module.css";
import { PasswordPanel } from "./password-panel.tsx";
import { SecondFactorPanel } from "./second-factor-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";

/** `/account`: one's own way in. Who must set up a second factor sees that and nothing else. */
export function AccountPage() {
  const t = useMessages("account");
  const session = useQuery(sessionQuery).data;
  const { data, error, refetch } = useQuery(accountQueries.own);
  if (!session) return null;
  const mustEnrol = session.mustEnrol === true;
  return (
    <div className={classes.page}>
      <Page title={t("ownAccount")} lead={session.user.email}>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height={320} label={t("loading")} />}
        {data && mustEnrol && (
          <Notice role="note" color="yellow" title={t("mustEnrol")}>
            {t("mustEnrolMeaning")}
          </Notice>
        )}
        {data && !data.hasPassword && (
          <Notice role="note" title={t("noPassword")}>
            {t("noPasswordMeaning")}
          </Notice>
        )}
        {data?.hasPassword && (
          <SecondFactorPanel
            isOn={data.secondFactor}
            isRequired={data.secondFactorRequired}
            codesLeft={data.recoveryCodesLeft}
            email={session.user.email}
            mustEnrol={mustEnrol}
          />
        )}
        {data?.hasPassword && !mustEnrol && <PasswordPanel email={session.user.email} />}
        {data && !mustEnrol && <SessionsPanel />}
        {data && !mustEnrol && (
          <Link className={prose.link} to="/api-docs">
            {t("apiDocs")}
          </Link>
        )}
      </Page>
    </div>
  );
}
