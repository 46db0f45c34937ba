import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { OwnSession } from "#contract/account.ts";
import { formatAge, formatDateTime } from "#words/time.ts";
import { aboutQuery } from "../api/about.ts";
import { accountMutations, accountQueries } from "../api/account.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import badge from "../ui/badge.module.css";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import classes from "./account.module.css";
import { browserName } from "./browser-name.ts";

const zoneHere = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SessionsPanel() {
  const t = useMessages("account");
  const { data, error, refetch } = useQuery(accountQueries.sessions);
  // A session's button goes with it.
  const heading = useRef<HTMLHeadingElement>(null);
  const ending = useMutation(accountMutations.endSession);
  const end = (id: string | null) => ending.mutate(id, { onSuccess: () => heading.current?.focus() });
  return (
    <section className={classes.panel}>
      <h2 ref={heading} tabIndex={-1}>
        {t("sessions")}
      </h2>
      {error && <Failure error={error} title={t("sessionsFailed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height={80} label={t("loading")} />}
      {data && (
        <ul className={classes.sessions}>
          {data.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              isEnding={ending.isPending}
              onEnd={() => end(session.id)}
            />
          ))}
        </ul>
      )}
      {ending.error && <Failure error={ending.error} title={t("nothingChanged")} />}
      {data && data.length > 1 && (
        <Button variant="default" loading={ending.isPending} onClick={() => end(null)}>
          {t("endOthers")}
        </Button>
      )}
      <p className={prose.small} role="status">
        {ending.isSuccess && t("ended")}
      </p>
    </section>
  );
}

interface SessionItemProps {
  session: OwnSession;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionItem({ session, isEnding, onEnd }: SessionItemProps) {
  const t = useMessages("account");
  const { language } = usePreferences();
  const { platform } = useQuery(aboutQuery).data ?? {};
  const nowMs = useNow();
  // Sessions are kept in real time, which the server's clock is too, except before
  // the sandbox: that has one of its own.
  const realNowMs = platform === "sandbox" ? Date.now() : nowMs;
  const { browser, system } = browserName(session.userAgent);
  const words =
    browser || system
      ? t("browserOn", { browser: browser ?? t("unknownBrowser"), system: system ?? t("unknownSystem") })
      : t("unknownBrowser");
  const begun = formatDateTime(session.begunAtMs, zoneHere(), language);
  const facts: [label: string, value: string][] = [
    [t("begun"), begun],
    [t("used"), formatAge(realNowMs - session.usedAtMs, language)],
    [t("address"), session.address],
  ];
  return (
    <li>
      <div>
        <strong>{words}</strong> {session.isCurrent && <span className={badge.badge}>{t("here")}</span>}
        <dl>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {!session.isCurrent && (
        <Button
          variant="default"
          size="xs"
          disabled={isEnding}
          aria-label={t("endOne", { browser: words, begun })}
          onClick={onEnd}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}
