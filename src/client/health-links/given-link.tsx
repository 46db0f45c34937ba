import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { longestPasscode, longestRecipient } from "#contract/health-links.ts";
import { now } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { saveBlob } from "../ui/csv.ts";
import { Facts } from "../ui/facts.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./health-links.module.css";
import { type Opened, openLink, readLink, WrongPasscode } from "./open-link.ts";

/** Whoever was given a patient's link sees what it holds, once they have said who they are. */
export function GivenLink({ hash }: { hash: string }) {
  const t = useMessages("health-links", "viewer");
  const link = useMemo(() => readLink(hash, now()), [hash]);
  const [recipient, setRecipient] = useState("");
  const [passcode, setPasscode] = useState("");
  const open = useMutation({
    mutationFn: (asked: { recipient: string; passcode: string | null }) => {
      if (typeof link === "string") throw new Error("there is no link to open");
      return openLink(link, asked.recipient, asked.passcode);
    },
    gcTime: 0,
  });
  const needsPasscode = typeof link !== "string" && (link.flag ?? "").includes("P");
  const left = open.error instanceof WrongPasscode ? open.error.left : null;
  const isOff = open.error instanceof ApiError && open.error.code === "forbidden";
  const isEnded = open.error instanceof ApiError && open.error.code === "not-found";
  return (
    <>
      {typeof link === "string" && (
        <Notice color="orange" title={t(`fault-${link}`)}>
          {t(`fault-${link}-next`)}
        </Notice>
      )}
      {typeof link !== "string" && !open.data && (
        <form
          className={layout.column}
          data-gap="sm"
          onSubmit={(event) => {
            event.preventDefault();
            if (recipient.trim() !== "" && !open.isPending)
              open.mutate({ recipient: recipient.trim(), passcode: needsPasscode ? passcode : null });
          }}
        >
          <p>{t("lead")}</p>
          {link.label && <p className={prose.note}>{link.label}</p>}
          <TextField
            label={t("recipient")}
            description={t("recipientNote")}
            autoComplete="organization"
            required
            maxLength={longestRecipient}
            value={recipient}
            onChange={(event) => setRecipient(event.currentTarget.value)}
          />
          {needsPasscode && (
            <TextField
              label={t("passcode")}
              autoComplete="off"
              required
              maxLength={longestPasscode}
              value={passcode}
              error={left !== null && t("wrong", { count: left })}
              onChange={(event) => setPasscode(event.currentTarget.value)}
            />
          )}
          <div>
            <Button type="submit" loading={open.isPending} disabled={recipient.trim() === ""}>
              {t("open")}
            </Button>
          </div>
          {isEnded && (
            <Notice color="orange" title={t("ended")}>
              {t("endedNext")}
            </Notice>
          )}
          {isOff && (
            <Notice color="orange" title={t("off")}>
              {t("offNext")}
            </Notice>
          )}
          {open.error && left === null && !isEnded && !isOff && <PlainFailure error={open.error} />}
        </form>
      )}
      {open.data && <Held opened={open.data} />}
    </>
  );
}

function Held({ opened }: { opened: Opened }) {
  const t = useMessages("health-links", "viewer");
  const { language, unit } = usePreferences();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const { name, birthDate, firstDate, lastDate, isPreliminary, isThin, values, pdf, bundle } = opened;
  const days = `${firstDate}-${lastDate}`;
  const shown = values.filter(
    ({ measure, unit: of }) => measure !== "mean" || of.toLowerCase() === unit.toLowerCase(),
  );
  return (
    <section className={layout.column} data-gap="md" aria-label={t("held")}>
      <h2 tabIndex={-1}>{name}</h2>
      <p>
        {[birthDate && t("born", { date: birthDate }), t("daysHeld", { first: firstDate, last: lastDate })]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {isPreliminary && <p className={prose.note}>{t("preliminary")}</p>}
      {isThin && <Notice color="orange">{t("thin")}</Notice>}
      {shown.length === 0 ? (
        <p>{t("noValues")}</p>
      ) : (
        <Facts
          className={classes.facts}
          label={t("held")}
          facts={shown.map(({ measure, value, unit: of }) => ({
            key: measure,
            name: t(`measure-${measure}`),
            value:
              measure === "days-of-wear"
                ? number.format(value)
                : `${number.format(value)} ${measure === "mean" ? unit : of}`,
          }))}
        />
      )}
      <div className={layout.row} data-gap="xs">
        <Button onClick={() => saveBlob(`glucose-${days}.pdf`, pdf)}>{t("pdf")}</Button>
        <Button variant="default" onClick={() => saveBlob(`glucose-${days}.json`, bundle)}>
          {t("fhir")}
        </Button>
      </div>
      <p className={prose.note}>{t("closes")}</p>
    </section>
  );
}
