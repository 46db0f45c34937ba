import { useMutation } from "@tanstack/react-query";
import type { Exchange } from "#contract/api-keys.ts";
import { formatDateTime } from "#words/time.ts";
import { exchangeMutations } from "../api/exchange.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";

/** The one switch for all that other programs are told. */
export function ExchangeSwitch({ exchange: { isOn, set } }: { exchange: Exchange }) {
  const t = useMessages("exchange");
  const { language } = usePreferences();
  const turning = useMutation(exchangeMutations.turn);
  return (
    <Notice
      role="group"
      color={isOn ? "teal" : "orange"}
      title={<span role="status">{t(isOn ? "isOn" : "isOff")}</span>}
      className={layout.belowLg}
    >
      <p>{t(isOn ? "onMeaning" : "offMeaning")}</p>
      <p>{t("notStopped")}</p>
      {set && (
        <p className={`${prose.note} ${layout.aboveXs}`}>
          {t("setBy", {
            name: set.by.name ?? t("somebody"),
            time: formatDateTime(set.atMs, viewerZone, language),
          })}
        </p>
      )}
      {turning.error && <Failure error={turning.error} title={t("nothingChanged")} />}
      <div className={`${layout.row} ${layout.aboveSm}`}>
        <ConfirmButton
          key={String(isOn)}
          words={t(isOn ? "turnOff" : "turnOn")}
          consequence={t(isOn ? "turnOffMeaning" : "turnOnMeaning")}
          sure={t(isOn ? "turnOffSure" : "turnOnSure")}
          keep={t("action.cancel")}
          disabled={turning.isPending}
          onConfirm={() => turning.mutate(!isOn)}
        />
      </div>
    </Notice>
  );
}
