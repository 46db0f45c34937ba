import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { formatDateTime } from "#words/time.ts";
import { invitationMutations, invitationQueries } from "../api/invitations.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import cards from "../ui/cards.module.css";
import { Failure } from "../ui/failure.tsx";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import table from "../ui/table.module.css";
import classes from "./staff.module.css";

/** The links that were handed over and still work, each with the way to take it back. */
export function OpenLinks({ onWithdrawn }: { onWithdrawn: (id: string) => void }) {
  const t = useMessages("staff");
  const { language } = usePreferences();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { data, error, refetch } = useQuery(invitationQueries.open);
  // The row and its button are gone then.
  const heading = useRef<HTMLHeadingElement>(null);
  const withdrawing = useMutation({
    ...invitationMutations.withdraw,
    // Here, because several may be under way at once.
    onSettled: (left, _error, id) => {
      if (!left) return;
      onWithdrawn(id);
      heading.current?.focus();
    },
  });
  return (
    <section className={`${frame.frame} ${frame.wide}`} aria-labelledby="open-links">
      <h2 id="open-links" ref={heading} tabIndex={-1}>
        {t("links")}
      </h2>
      <p className={`${prose.dimmed} ${layout.belowMd}`}>{t("linksLead")}</p>
      {error && <Failure error={error} title={t("linksFailed")} onRetry={() => void refetch()} />}
      {withdrawing.error && <Failure error={withdrawing.error} title={t("withdrawFailed")} />}
      {data?.invitations.length === 0 && <p>{t("noLinks")}</p>}
      {data && data.invitations.length > 0 && (
        <table className={`${table.rows} ${cards.cards} ${classes.table}`} aria-labelledby="open-links">
          <thead>
            <tr>
              <th>{t("field.name")}</th>
              <th>{t("role")}</th>
              <th>{t("purpose")}</th>
              <th>{t("until")}</th>
              <th>{t("actions")}</th>
            </tr>
          </thead>
          <tbody>
            {data.invitations.map(({ id, name, email, role, purpose, expiresAtMs }) => (
              <tr key={id}>
                <td>
                  <span className={classes.who}>
                    {name}
                    <small>{email}</small>
                  </span>
                </td>
                <td data-label={t("role")}>{t(`role.${role}`)}</td>
                <td data-label={t("purpose")}>{t(purpose)}</td>
                <td data-label={t("until")} className={classes.time}>
                  {formatDateTime(expiresAtMs, timeZone, language)}
                </td>
                <td>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t("withdrawOf", { name })}
                    loading={withdrawing.isPending && withdrawing.variables === id}
                    onClick={() => withdrawing.mutate(id)}
                  >
                    {t("withdraw")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
