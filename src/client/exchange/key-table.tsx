import { useMutation } from "@tanstack/react-query";
import { keyPrefix } from "#contract/api-key-limits.ts";
import type { ApiKey } from "#contract/api-keys.ts";
import { formatDateTime } from "#words/time.ts";
import { exchangeMutations } from "../api/exchange.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import badge from "../ui/badge.module.css";
import cards from "../ui/cards.module.css";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import table from "../ui/table.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./exchange.module.css";

/** Every key there ever was, those that work first. */
export function KeyTable({ keys, onRevoked }: { keys: ApiKey[]; onRevoked: (id: string) => void }) {
  const t = useMessages("exchange");
  const nowMs = useNow();
  const revoking = useMutation({
    ...exchangeMutations.revokeKey,
    onSettled: (left, _error, id) => {
      if (left) onRevoked(id);
    },
  });
  const works = (key: ApiKey) => key.revoked === null && key.expiresAtMs > nowMs;
  const rows = [...keys.filter(works), ...keys.filter((key) => !works(key))];
  return (
    <>
      {revoking.error && <Failure error={revoking.error} title={t("revokeFailed")} />}
      <table className={`${table.rows} ${cards.cards} ${classes.table}`} aria-labelledby="keys">
        <thead>
          <tr>
            <th>{t("program")}</th>
            <th>{t("readsAs")}</th>
            <th>{t("made")}</th>
            <th>{t("expires")}</th>
            <th>{t("lastUsed")}</th>
            <th>{t("revoking")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((key) => (
            <Row
              key={key.id}
              apiKey={key}
              works={works(key)}
              isPending={revoking.isPending}
              onRevoke={() => revoking.mutate(key.id)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  apiKey: ApiKey;
  works: boolean;
  isPending: boolean;
  onRevoke: () => void;
}

function Row({ apiKey, works, isPending, onRevoke }: RowProps) {
  const t = useMessages("exchange");
  const { language } = usePreferences();
  const at = (ms: number) => formatDateTime(ms, viewerZone, language);
  const { name, role, mayRegister, ending, madeBy, createdAtMs, expiresAtMs, lastUsedAtMs, revoked } = apiKey;
  return (
    <tr>
      <td className={classes.name} data-ended={!works || undefined}>
        {name}{" "}
        {!works && (
          <span className={badge.badge} data-color="gray">
            {t(revoked ? "revoked" : "expired")}
          </span>
        )}
        <code className={classes.more}>
          {keyPrefix}…{ending}
        </code>
      </td>
      <td data-label={t("readsAs")}>
        <span>
          {t(`role.${role}`)}
          {mayRegister && <small className={classes.more}>{t("registers")}</small>}
        </span>
      </td>
      <td data-label={t("made")}>{t("by", { name: madeBy.name ?? t("somebody"), time: at(createdAtMs) })}</td>
      <td data-label={t("expires")}>{at(expiresAtMs)}</td>
      <td data-label={t("lastUsed")}>{lastUsedAtMs === null ? t("never") : at(lastUsedAtMs)}</td>
      <td>
        {works && (
          <div className={layout.row} data-gap="xs">
            <ConfirmButton
              words={t("revoke")}
              label={t("revokeOf", { name })}
              consequence={t("revokeMeaning")}
              sure={t("revokeSure")}
              keep={t("action.keep")}
              disabled={isPending}
              onConfirm={onRevoke}
            />
          </div>
        )}
        {revoked && t("by", { name: revoked.by.name ?? t("somebody"), time: at(revoked.atMs) })}
      </td>
    </tr>
  );
}
