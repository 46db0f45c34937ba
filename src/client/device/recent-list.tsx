import { formatAge } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { CloseButton } from "../ui/close-button.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { forgetLookup, forgetLookups, useLookups } from "./recent-lookups.ts";
import classes from "./serial.module.css";
import { SerialText } from "./serial-text.tsx";
import { StateBadge } from "./state-badge.tsx";

/** What this account looked up last, each with the state it had then. */
export function RecentList({ account, nowMs }: { account: string; nowMs: number }) {
  const t = useMessages("device", "search");
  const { language } = usePreferences();
  const lookups = useLookups(account);
  return (
    <section aria-labelledby="device-recent">
      <div className={layout.ends}>
        <h2 className={classes.recentTitle} id="device-recent">
          {t("recent")}
        </h2>
        {lookups.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => forgetLookups(account)}>
            {t("forgetAll")}
          </Button>
        )}
      </div>
      <p className={prose.note}>{t(lookups.length > 0 ? "recentHint" : "none")}</p>
      <ul className={classes.recent}>
        {lookups.map(({ serial, state, atMs }) => (
          <li key={serial}>
            <Link
              className={`${prose.link} ${classes.recentSerial}`}
              to={`/devices/${encodeURIComponent(serial)}`}
            >
              <SerialText serial={serial} />
            </Link>
            {state === null || state === "device-unknown" || state === "platform-refused" ? (
              <p className={prose.note}>{t(state ?? "noAnswer")}</p>
            ) : (
              <StateBadge state={state} size="md" />
            )}
            <p className={prose.note}>{formatAge(nowMs - atMs, language)}</p>
            <CloseButton aria-label={t("forget", { serial })} onClick={() => forgetLookup(account, serial)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
