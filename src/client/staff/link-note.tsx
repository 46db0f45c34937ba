import { Alert, Button, Group, Text, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { copyText } from "../ui/copy.ts";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { formatDateTime } from "../ui/time.ts";

/** A link that was just made; it takes the focus, since it is shown this once. */
export function LinkNote({ made: { invitation, link } }: { made: NewLink }) {
  const t = useMessages("staff");
  const { language } = usePreferences();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const field = useRef<HTMLInputElement>(null);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const copy = async () => say((await copyText(link)) ? "copied" : "copyFailed");
  return (
    <Alert color="teal" mb="lg" role="group" title={t("linkFor", { name: invitation.name })}>
      <Text mb="sm">
        {t("linkMeaning", { until: formatDateTime(invitation.expiresAtMs, timeZone, language) })}
      </Text>
      <TextInput
        ref={field}
        aria-label={t("linkFor", { name: invitation.name })}
        readOnly
        value={link}
        mb="sm"
      />
      <Group>
        <Button onClick={() => void copy()}>{t("copy")}</Button>
        <SaidStatus said={said} words={t} />
      </Group>
    </Alert>
  );
}
