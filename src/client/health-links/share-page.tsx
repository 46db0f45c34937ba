import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { HealthLink } from "#contract/health-links.ts";
import { formatDateTime } from "#words/time.ts";
import { healthLinkMutations, healthLinkQueries } from "../api/health-links.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { PatientBar } from "../ui/patient-bar.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./health-links.module.css";
import { NewLink } from "./new-link.tsx";
import { PaperSheet } from "./paper-sheet.tsx";
import { SendSection } from "./send-section.tsx";

/** `/patients/:id/share`: a patient's days to take along as a link, who opened the links that there are, and what is sent to health records. */
export function SharePage() {
  const t = useMessages("health-links");
  const { id = "" } = useParams();
  const patient = useQuery(patientQueries.detail(id));
  const links = useQuery(healthLinkQueries.of(id));
  const error = patient.error ?? links.error;
  if (!patient.data || !links.data)
    return error ? (
      <Page title={t("failed")}>
        <Failure
          isAnswer
          error={error}
          onRetry={() => void Promise.all([patient.refetch(), links.refetch()])}
        />
      </Page>
    ) : (
      <Loading height="4rem" rows={5} label={t("loading")} />
    );
  const { name, partnerUid } = patient.data;
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to={`/patients/${id}`}>
        ← {t("back", { name })}
      </Link>
      <Page title={t("title")} lead={t("lead")}>
        <PatientBar name={name} partnerUid={partnerUid} />
        <div className={layout.column} data-gap="xl">
          <div className={classes.ways}>
            <NewLink patientId={id} />
            <PaperSheet patientId={id} />
          </div>
          <section>
            <h2 className={layout.belowSm}>{t("links")}</h2>
            {links.data.links.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
            <ul className={classes.links}>
              {links.data.links.map((link) => (
                <li key={link.id}>
                  <ShownLink patientId={id} link={link} />
                </li>
              ))}
            </ul>
          </section>
          <SendSection patientId={id} />
        </div>
      </Page>
    </>
  );
}

function ShownLink({ patientId, link }: { patientId: string; link: HealthLink }) {
  const t = useMessages("health-links");
  const { language } = usePreferences();
  const revoke = useMutation(healthLinkMutations.revoke(patientId));
  const at = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);
  const { state, openings, openedCount, refusedCount, hasPasscode, wrongPasscodesLeft } = link;
  return (
    <>
      <h3>{t("daysHeld", { first: link.firstDate, last: link.lastDate })}</h3>
      <p>
        {t(`state-${state}`, { when: at(link.expiresAtMs) })}
        {state === "active" && hasPasscode && ` ${t("triesLeft", { count: wrongPasscodesLeft })}`}
      </p>
      <p className={prose.note}>
        {t("made", { when: at(link.createdAtMs), name: link.byName ?? t("somebody") })}
      </p>
      <p>
        {t("opened", { count: openedCount })}
        {refusedCount > 0 && ` ${t("refused", { count: refusedCount })}`}
      </p>
      {openings.length > 0 && (
        <details>
          <summary>{t("openings")}</summary>
          <ul>
            {openings.map(({ atMs, recipient, isRefused }) => (
              <li key={`${atMs} ${recipient}`}>
                {t(isRefused ? "openingRefused" : "opening", { when: at(atMs), who: recipient })}
              </li>
            ))}
          </ul>
          <p className={prose.note}>{t("saidByThemselves")}</p>
        </details>
      )}
      {state === "active" && (
        <div className={layout.aboveSm}>
          <ConfirmButton
            words={t("revoke")}
            sure={t("revokeSure")}
            consequence={t("revokeMeaning")}
            keep={t("action.keep")}
            disabled={revoke.isPending}
            onConfirm={() => revoke.mutate(link.id)}
          />
        </div>
      )}
      {revoke.error && <Failure error={revoke.error} title={t("revokeFailed")} />}
    </>
  );
}
