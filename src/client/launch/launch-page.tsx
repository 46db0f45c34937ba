import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import type { LaunchFailure } from "#contract/launch.ts";
import { type LaunchStep, launchMutation } from "../api/launches.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";

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
  if (!step) return <NotOpened problem="incomplete" issuer={null} said="" />;
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
}: Omit<LaunchFailure, "problem"> & { problem: LaunchFailure["problem"] | "incomplete" }) {
  const t = useMessages("exchange", "launch");
  const failure = useMessages("domain", "failure");
  const record = issuer ?? t("record");
  return (
    <Page title={t("notOpened")}>
      <div className={layout.column} data-gap="sm" role="alert">
        <p className={prose.strong}>{t(`${problem}.title`, { record })}</p>
        <p>{t(`${problem}.meaning`, { record })}</p>
        {said !== "" && <p>{t("said", { record, said })}</p>}
        <p>{t(`${problem}.next`, { record })}</p>
      </div>
      <Link className={`${prose.link} ${prose.underlined}`} to="/patients">
        {failure("toPatients")}
      </Link>
    </Page>
  );
}
