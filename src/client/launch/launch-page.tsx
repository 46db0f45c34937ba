import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import type { LaunchFailure } from "#contract/launch.ts";
import { formatList } from "#words/list.ts";
import { type LaunchStep, launchMutation } from "../api/launches.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import classes from "./launch.module.css";

/** Null where the address is not one that a record makes. */
function stepOf(pathname: string, search: URLSearchParams): LaunchStep | null {
  const of = (name: string) => search.get(name) || undefined;
  const [iss, launch, state] = [of("iss"), of("launch"), of("state")];
  if (pathname === "/launch") return iss && launch ? { step: "begin", sent: { iss, launch } } : null;
  if (!state) return null;
  const sent = { state, code: of("code"), error: of("error"), said: of("error_description") };
  return { step: "return", sent };
}

/** `/launch`: the way in from a health record, and `/launch/return`: back from it to the page of its patient. */
export function LaunchPage() {
  const t = useMessages("exchange", "launch");
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const step = stepOf(pathname, new URLSearchParams(search));
  const { mutate, data, error } = useMutation(launchMutation);
  const taken = useRef("");
  useEffect(() => {
    const address = pathname + search;
    if (!step || taken.current === address) return;
    taken.current = address;
    mutate(step, {
      onSuccess: (answer) => {
        if ("url" in answer) window.location.assign(answer.url);
        if ("patientId" in answer) navigate(`/patients/${answer.patientId}`, { replace: true });
      },
    });
  }, [step, pathname, search, mutate, navigate]);
  if (!step) return <NotOpened problem="incomplete" issuer={null} said="" sought={null} />;
  if (data && "problem" in data) return <NotOpened {...data} />;
  return (
    <Page title={t("title")}>
      {error ? (
        <Failure error={error} title={t("notOpened")} />
      ) : (
        <Loading height="4rem" label={t("opening")} />
      )}
      {error && <p>{t("state.next")}</p>}
    </Page>
  );
}

/** Why nothing was opened, and what to do about it. */
function NotOpened({
  problem,
  issuer,
  said,
  sought,
}: Omit<LaunchFailure, "problem"> & { problem: LaunchFailure["problem"] | "incomplete" }) {
  const t = useMessages("exchange", "launch");
  const failure = useMessages("domain", "failure");
  const record = issuer ?? t("record");
  return (
    <Page title={t("notOpened")}>
      <div className={layout.column} data-gap="sm" role="alert">
        <p className={prose.strong}>{t(`${problem}.title`, { record })}</p>
        <p>{t(`${problem}.meaning`, { record })}</p>
        {sought && <Sought sought={sought} />}
        {said !== "" && <p>{t("said", { record, said })}</p>}
        <p>{t(`${problem}.next`, { record })}</p>
      </div>
      <Link className={`${prose.link} ${prose.underlined}`} to="/patients">
        {failure("toPatients")}
      </Link>
    </Page>
  );
}

/** By which number nobody was found, and what else stands in the record. */
function Sought({ sought: { systems, numbers, others } }: { sought: NonNullable<LaunchFailure["sought"]> }) {
  const t = useMessages("exchange", "launch");
  const { language } = usePreferences();
  const list = (texts: string[]) => formatList(texts, language);
  const wordsOf = ({ system, isCurrent, isHere }: (typeof others)[number]) => {
    const kind = system === null ? t("sought.otherNone") : t("sought.other", { system });
    const what = isCurrent ? kind : t("sought.former", { what: kind });
    return isHere ? t("sought.isHere", { what }) : what;
  };
  const isEmpty = numbers.length === 0 && others.length === 0;
  return (
    <div className={classes.sought}>
      <p>
        {numbers.length === 0
          ? t("sought.soughtNone", { systems: list(systems) })
          : t("sought.soughtNumber", { numbers: list(numbers), systems: list(systems) })}
      </p>
      {(isEmpty || others.length > 0) && (
        <>
          <p>{t("sought.there")}</p>
          <ul>
            {isEmpty && <li>{t("sought.noNumbers")}</li>}
            {others.map((other) => (
              <li key={wordsOf(other)}>{wordsOf(other)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
