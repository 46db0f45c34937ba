import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { contactOutcomes, type Recall, recallPlaces } from "#contract/recalls.ts";
import { recallMutations, recallQueries } from "../api/recalls.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";
import { InstructionForm } from "./instruction-form.tsx";
import { type BegunState, NotKnownHere } from "./not-known-here.tsx";
import { Ours } from "./ours.tsx";
import { People } from "./people.tsx";
import { serialsAt } from "./people-actions.tsx";
import classes from "./recalls.module.css";

/** `/recalls/:id`: what of a recall is ours, and everybody who wears or wore one, to be told. */
export function RecallPage() {
  const t = useMessages("recalls");
  const { id = "" } = useParams();
  const state = useLocation().state as BegunState | null;
  const { data, error, refetch } = useQuery(recallQueries.one(id));
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to="/recalls">
        ← {t("all")}
      </Link>
      <Page title={data ? data.name || id : t("title")}>
        {!data && error && (
          <Failure isAnswer error={error} title={t("failed")} onRetry={() => void refetch()} />
        )}
        {!data && !error && <Loading height="2.25rem" rows={8} label={t("loading")} />}
        {data && (
          <div className={layout.column} data-gap="lg">
            <InstructionForm
              key={JSON.stringify(data.instruction)}
              id={id}
              instruction={data.instruction}
              told={data.contacts.contacted}
            />
            <div>
              <Ours recall={data} />
              <NotKnownHere
                count={data.notOurs}
                recall={{ name: data.name, unknown: state?.unknown ?? [] }}
              />
            </div>
            <Progress recall={data} />
            <People recall={data} />
            <WithoutWearer recall={data} />
            <Remove id={id} />
          </div>
        )}
      </Page>
    </>
  );
}

function Progress({ recall: { people, contacts, toldBefore } }: { recall: Recall }) {
  const t = useMessages("recalls");
  const done = contacts.contacted + contacts.replaced;
  const parts = contactOutcomes
    .filter((outcome) => contacts[outcome] > 0)
    .map((outcome) => t("outcomeCount", { outcome: t(`outcome-${outcome}`), count: contacts[outcome] }));
  return (
    <section>
      <progress
        className={progress.progress}
        max={Math.max(1, people)}
        value={people === 0 ? 1 : done}
        aria-label={t("progressName")}
      />
      <p role="status">
        {[
          t("done", { done, all: people }),
          ...parts,
          ...(toldBefore > 0 ? [t("toldBeforeCount", { count: toldBefore })] : []),
        ].join(" · ")}
      </p>
    </section>
  );
}

function WithoutWearer({ recall: { id, withoutWearer: total } }: { recall: Recall }) {
  const t = useMessages("recalls");
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...recallQueries.withoutWearer(id), enabled: isOpen });
  if (total === 0) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("withoutWearer", { count: total })}</summary>
      {error && <Failure error={error} title={t("withoutWearerFailed")} onRetry={() => void refetch()} />}
      {data && (
        <>
          <ul className={classes.list}>
            {recallPlaces
              .map((place) => ({ place, serials: serialsAt(data.sensors, place) }))
              .filter(({ serials }) => serials.length > 0)
              .map(({ place, serials }) => (
                <li key={place}>
                  {t("serialsAt", { place: t(`place-${place}`), serials: serials.join(" ") })}
                </li>
              ))}
          </ul>
          {data.total > data.sensors.length && (
            <p className={prose.note}>{t("andMore", { count: data.total - data.sensors.length })}</p>
          )}
        </>
      )}
    </details>
  );
}

function Remove({ id }: { id: string }) {
  const t = useMessages("recalls");
  const navigate = useNavigate();
  const role = useQuery(sessionQuery).data?.user.role;
  const remove = useMutation(recallMutations.remove(id));
  if (role !== "administrator") return null;
  return (
    <div className={print.screenOnly}>
      <ConfirmButton
        words={t("remove")}
        sure={t("removeSure")}
        consequence={t("removeMeaning")}
        keep={t("action.keep")}
        disabled={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => navigate("/recalls") })}
      />
      {remove.error && <Failure error={remove.error} title={t("actionFailed")} />}
    </div>
  );
}
