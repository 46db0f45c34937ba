import { useEffect, useRef } from "react";
import type { NewLink } from "#contract/invitation.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { TextField } from "../ui/text-field.tsx";

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
    <Notice
      className={layout.belowLg}
      color="teal"
      role="group"
      title={t("linkFor", { name: invitation.name })}
    >
      <p className={layout.belowSm}>
        {t("linkMeaning", { until: formatDateTime(invitation.expiresAtMs, timeZone, language) })}
      </p>
      <TextField
        className={layout.belowSm}
        ref={field}
        aria-label={t("linkFor", { name: invitation.name })}
        readOnly
        value={link}
      />
      <div className={layout.row}>
        <Button onClick={() => void copy()}>{t("copy")}</Button>
        <SaidStatus said={said} words={t} />
      </div>
    </Notice>
  );
}
