import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Receiver } from "#contract/receivers.ts";
import { formatList } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import { receiverMutations } from "../api/receivers.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { useSendTrouble } from "../ui/send-trouble.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { TestButton, TestResult } from "./connection-test.tsx";
import classes from "./exchange.module.css";
import { ReceiverChange } from "./receiver-form.tsx";

/** A receiver: how it is doing, our key for it, and what an administrator can do about it. */
export function ShownReceiver({ receiver, jwksUrl }: { receiver: Receiver; jwksUrl: string }) {
  const t = useMessages("exchange", "receivers");
  const troubleWords = useSendTrouble();
  const { language } = usePreferences();
  const [isChanging, setIsChanging] = useState(false);
  const test = useMutation(receiverMutations.test(receiver.id));
  const stop = useMutation(receiverMutations.stopOrders(receiver.id));
  const remove = useMutation(receiverMutations.remove(receiver.id));
  const at = (ms: number) => formatDateTime(ms, viewerZone, language);
  const { name, baseUrl, clientId, standingOrders, waiting, lastSentAtMs, madeBy, createdAtMs } = receiver;
  const error = stop.error ?? remove.error;
  return (
    <div className={layout.column} data-gap="xs">
      <h3>{name}</h3>
      <p className={classes.address}>{baseUrl}</p>
      <p>
        {t("clientId")}: {clientId ?? t("notRegistered")}
      </p>
      <p>
        {formatList(
          [
            t("orders", { count: standingOrders }),
            ...(waiting > 0 ? [t("waits", { count: waiting })] : []),
            lastSentAtMs === null ? t("neverSent") : t("lastSent", { time: at(lastSentAtMs) }),
          ],
          language,
        )}
      </p>
      <p className={prose.note}>
        {t("namedBy", { name: madeBy.name ?? t("somebody"), time: at(createdAtMs) })}
      </p>
      <details>
        <summary>{t("key")}</summary>
        <p className={prose.note}>{t("keyMeaning")}</p>
        <p className={classes.address}>{jwksUrl}</p>
        <p className={classes.address}>{receiver.publicKey}</p>
      </details>
      {isChanging ? (
        <ReceiverChange receiver={receiver} onDone={() => setIsChanging(false)} />
      ) : (
        <div className={layout.row} data-gap="xs">
          <TestButton name={name} test={test} />
          <Button
            variant="default"
            aria-label={t("changeOf", { name })}
            onClick={() => {
              test.reset();
              setIsChanging(true);
            }}
          >
            {t("action.change")}
          </Button>
          {standingOrders > 0 && (
            <ConfirmButton
              words={t("stopOrders")}
              consequence={t("stopOrdersMeaning")}
              sure={t("stopOrdersSure")}
              keep={t("action.cancel")}
              disabled={stop.isPending}
              onConfirm={() => stop.mutate()}
            />
          )}
          <ConfirmButton
            words={t("remove")}
            label={t("removeOf", { name })}
            consequence={t("removeMeaning")}
            sure={t("removeSure")}
            keep={t("action.keep")}
            disabled={remove.isPending}
            onConfirm={() => remove.mutate()}
          />
        </div>
      )}
      <TestResult
        steps={test.data?.steps.map(({ step, trouble }) => ({
          name: t(step),
          why: trouble && troubleWords(trouble),
        }))}
        error={test.error}
        allWorks={t("allWorks")}
      />
      {error && <Failure error={error} title={t("nothingChanged")} />}
    </div>
  );
}
