import { Anchor, Button, CloseButton, Group, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatAge } from "../ui/time.ts";
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
      <Group justify="space-between">
        <Title order={2} size="h3" id="device-recent">
          {t("recent")}
        </Title>
        {lookups.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => forgetLookups(account)}>
            {t("forgetAll")}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(lookups.length > 0 ? "recentHint" : "none")}
      </Text>
      <ul className={classes.recent}>
        {lookups.map(({ serial, state, atMs }) => (
          <li key={serial}>
            <Anchor component={Link} to={`/devices/${encodeURIComponent(serial)}`} size="lg">
              <SerialText serial={serial} />
            </Anchor>
            {state === null || state === "device-unknown" || state === "platform-refused" ? (
              <Text size="sm" c="dimmed">
                {t(state ?? "noAnswer")}
              </Text>
            ) : (
              <StateBadge state={state} size="md" />
            )}
            <Text size="sm" c="dimmed">
              {formatAge(nowMs - atMs, language)}
            </Text>
            <CloseButton aria-label={t("forget", { serial })} onClick={() => forgetLookup(account, serial)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
