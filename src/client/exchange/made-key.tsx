import { useEffect, useRef } from "react";
import type { MadeApiKey } from "#contract/api-keys.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";

/** A key that was just made; it takes the focus, since it is shown this once. */
export function MadeKey({ made: { key, secret } }: { made: MadeApiKey }) {
  const t = useMessages("exchange");
  const { language } = usePreferences();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const copy = async () => say((await copyText(secret)) ? "copied" : "copyFailed");
  const title = t("keyOf", { name: key.name });
  return (
    <Notice className={layout.belowLg} color="teal" role="group" title={title}>
      <p className={layout.belowSm}>
        {t("keyMeaning", { until: formatDateTime(key.expiresAtMs, viewerZone, language) })}
      </p>
      <TextField className={layout.belowSm} ref={field} aria-label={title} readOnly value={secret} />
      <div className={layout.row}>
        <Button onClick={() => void copy()}>{t("copyKey")}</Button>
        <SaidStatus said={said} words={t} />
      </div>
    </Notice>
  );
}
