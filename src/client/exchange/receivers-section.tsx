import { useQuery } from "@tanstack/react-query";
import { receiverQueries } from "../api/receivers.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import classes from "./exchange.module.css";
import { NewReceiverForm } from "./receiver-form.tsx";
import { ShownReceiver } from "./shown-receiver.tsx";

/** Where clinicians may send patients' data: servers that an administrator has named. */
export function ReceiversSection() {
  const t = useMessages("exchange", "receivers");
  const { data, error, refetch } = useQuery(receiverQueries.all);
  return (
    <>
      <Section id="receivers" title={t("title")} className={layout.belowLg}>
        <p className={`${prose.dimmed} ${layout.belowMd}`}>{t("lead")}</p>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height={120} label={t("loading")} />}
        {data?.receivers.length === 0 && <p>{t("none")}</p>}
        {data && (
          <ul className={classes.receivers}>
            {data.receivers.map((receiver) => (
              <li key={receiver.id}>
                <ShownReceiver receiver={receiver} jwksUrl={data.jwksUrl} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section id="name-receiver" title={t("add")} className={layout.belowLg}>
        <NewReceiverForm />
      </Section>
    </>
  );
}
