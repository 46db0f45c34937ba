import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { contactOutcomes, type Recall, recallPlaces } from "#contract/recalls.ts";
import { recallMutations, recallQueries } from "../api/recalls.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Facts } from "../ui/facts.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";
import { InstructionForm } from "./instruction-form.tsx";
import { People } from "./people.tsx";
import classes from "./recalls.module.css";

/** `/recalls/:id`: what of a recall is ours, and everybody who wears or wore one, to be told. */
export function RecallPage() {
  const t = useMessages("recalls");
  const { id = "" } = useParams();
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
            <InstructionForm key={JSON.stringify(data.instruction)} id={id} instruction={data.instruction} />
            <Ours recall={data} />
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

function Ours({ recall }: { recall: Recall }) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  const { lines, notOurs, unusable, sensors, alike, alikeCount } = recall;
  return (
    <section>
      <Facts
        className={classes.facts}
        label={t("ours")}
        facts={[
          ...recallPlaces.map((place) => ({
            key: place,
            name: t(`place-${place}`),
            value: number(sensors[place]),
          })),
          { key: "notOurs", name: t("notOurs"), value: number(notOurs) },
          ...(unusable > 0 ? [{ key: "unusable", name: t("unusable"), value: number(unusable) }] : []),
          { key: "lines", name: t("lines"), value: number(lines) },
        ]}
      />
      <p className={prose.note}>{t("asKnown")}</p>
      {alikeCount > 0 && (
        <details>
          <summary>{t("alike", { count: alikeCount })}</summary>
          <ul>
            {alike.map(({ line, text, serial }) => (
              <li key={serial}>{t("alikeLine", { line, text, serial })}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Progress({ recall: { people, contacts } }: { recall: Recall }) {
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
      <p role="status">{[t("done", { done, all: people }), ...parts].join(" · ")}</p>
    </section>
  );
}

function WithoutWearer({ recall: { withoutWearer } }: { recall: Recall }) {
  const t = useMessages("recalls");
  const { serials, total } = withoutWearer;
  if (total === 0) return null;
  return (
    <details>
      <summary>{t("withoutWearer", { count: total })}</summary>
      <p>
        {serials.join(" ")}
        {total > serials.length && ` ${t("andMore", { count: total - serials.length })}`}
      </p>
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
