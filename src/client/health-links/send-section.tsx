import { useQuery } from "@tanstack/react-query";
import { submissionQueries } from "../api/submissions.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import classes from "./health-links.module.css";
import { SendForm } from "./send-form.tsx";
import { ShownOrder } from "./shown-order.tsx";
import { ShownSubmission } from "./shown-submission.tsx";

/** What of a patient is sent to health records, now or again and again, and what became of it. */
export function SendSection({ patientId }: { patientId: string }) {
  const t = useMessages("health-links", "submissions");
  const { data, error, refetch } = useQuery(submissionQueries.of(patientId));
  return (
    <section aria-labelledby="send" className={layout.column} data-gap="sm">
      <h2 id="send">{t("title")}</h2>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="4rem" rows={2} label={t("loading")} />}
      {data && !data.isOn && (
        <Notice color="orange" role="status" title={t("isOff")}>
          {t("isOffMeaning")}
        </Notice>
      )}
      {data?.receivers.length === 0 && <p className={prose.dimmed}>{t("noReceiver")}</p>}
      {data?.isOn && data.receivers.length > 0 && (
        <SendForm patientId={patientId} receivers={data.receivers} />
      )}
      {data && data.orders.length > 0 && (
        <>
          <h3>{t("orders")}</h3>
          <ul className={classes.links}>
            {data.orders.map((order) => (
              <li key={order.id}>
                <ShownOrder patientId={patientId} order={order} />
              </li>
            ))}
          </ul>
        </>
      )}
      {data && data.submissions.length > 0 && (
        <>
          <h3>{t("sent")}</h3>
          <ul className={classes.links}>
            {data.submissions.map((submission) => (
              <li key={submission.id}>
                <ShownSubmission patientId={patientId} submission={submission} isOn={data.isOn} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
