import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  type ContactOutcome,
  contactOutcomes,
  mostContactTries,
  type Recall,
  type RecallPerson,
  recallPlaces,
} from "#contract/recalls.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { formatDateTime } from "#words/time.ts";
import { recallMutations, recallQueries } from "../api/recalls.ts";
import { sessionQuery } from "../api/session.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import cards from "../ui/cards.module.css";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { SelectField } from "../ui/select-field.tsx";
import table from "../ui/table.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { PeopleActions, serialsAt, wasToldBefore } from "./people-actions.tsx";
import classes from "./recalls.module.css";

const isRefused = (error: Error, as: string) =>
  error instanceof ApiError && error.problem?.fields?.some(({ reason }) => reason === as);

/** Everybody who wears or wore one, to be told. */
export function People({ recall }: { recall: Recall }) {
  const { id } = recall;
  const t = useMessages("recalls");
  const [open, setOpen] = useState(true);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    recallQueries.people(id, open),
  );
  const contact = useMutation(recallMutations.contact(id));
  const people = data?.pages.flatMap((page) => page.people) ?? [];
  const role = useQuery(sessionQuery).data?.user.role;
  const seesPatients = role !== undefined && glucoseRoles.includes(role);
  const [noted, setNoted] = useState<Noted | null>(null);
  const note = ({ patientId, name }: RecallPerson, outcome: Noted["outcome"]) =>
    contact.mutate(
      { patientId, outcome, instructedAtMs: recall.instructedAtMs },
      { onSuccess: () => setNoted({ patientId, name, outcome }) },
    );
  return (
    <section>
      <h2>{t("people")}</h2>
      <SelectField
        className={`${layout.belowSm} ${print.screenOnly} ${classes.choice}`}
        label={t("action.show")}
        value={open ? "open" : "all"}
        onChange={(event) => setOpen(event.currentTarget.value === "open")}
        options={[
          { value: "open", label: t("show-open") },
          { value: "all", label: t("show-all") },
        ]}
      />
      {recall.people > 0 && <PeopleActions recall={recall} open={open} />}
      {error && <Failure error={error} title={t("peopleFailed")} onRetry={() => void refetch()} />}
      {contact.error &&
        (isRefused(contact.error, "too-many") ? (
          <p role="alert">{t("tooManyTries", { most: mostContactTries })}</p>
        ) : isRefused(contact.error, "instruction-changed") ? (
          <p role="alert">{t("instructionChanged")}</p>
        ) : (
          <Failure error={contact.error} title={t("actionFailed")} />
        ))}
      <NotedNow
        noted={noted}
        isBusy={contact.isPending}
        onUndo={({ patientId, name }) =>
          contact.mutate(
            { patientId, outcome: null },
            { onSuccess: () => setNoted({ patientId, name, outcome: null }) },
          )
        }
      />
      {data && people.length === 0 && <p className={prose.dimmed}>{t(open ? "nobodyOpen" : "nobody")}</p>}
      {people.length > 0 && (
        <ScrollRegion label={t("people")}>
          <table className={`${table.rows} ${cards.cards} ${classes.people}`}>
            <thead>
              <tr>
                {[
                  t("column.name"),
                  t("column.place"),
                  t("column.serials"),
                  ...(seesPatients ? [t("field.phone")] : []),
                  t("column.contact"),
                ].map((words) => (
                  <th key={words} scope="col">
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow
                  key={person.patientId}
                  person={person}
                  instructedAtMs={recall.instructedAtMs}
                  seesPatients={seesPatients}
                  isBusy={contact.isPending}
                  onContact={(outcome) => note(person, outcome)}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {hasNextPage && (
        <Button
          className={layout.aboveSm}
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
}

/** What was noted of somebody on this page; null where the last was taken back. */
interface Noted {
  readonly patientId: string;
  readonly name: string;
  readonly outcome: ContactOutcome | null;
}

interface NotedNowProps {
  noted: Noted | null;
  isBusy: boolean;
  onUndo: (noted: Noted) => void;
}

/** Whoever was dealt with may have left the list. */
function NotedNow({ noted, isBusy, onUndo }: NotedNowProps) {
  const t = useMessages("recalls");
  const outcome = noted?.outcome;
  return (
    <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
      <p role="status">
        {noted &&
          (outcome
            ? t("notedNow", { outcome: t(`outcome-${outcome}`), name: noted.name })
            : t("takenBack", { name: noted.name }))}
      </p>
      {noted && outcome && (
        <Button
          variant="default"
          size="xs"
          disabled={isBusy}
          aria-label={t("undoOf", { name: noted.name })}
          onClick={() => onUndo(noted)}
        >
          {t("action.undo")}
        </Button>
      )}
    </div>
  );
}

/** Those worn before may be many, and nobody has to take them off. */
function Sensors({ sensors }: Pick<RecallPerson, "sensors">) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const places = recallPlaces.filter((place) => serialsAt(sensors, place).length > 0);
  return places.map((place) => {
    const serials = serialsAt(sensors, place);
    return place === "worn" && places.length > 1 ? (
      <details key={place} className={prose.small}>
        <summary>{t("wornBefore", { count: serials.length })}</summary>
        {serials.join(" ")}
      </details>
    ) : (
      <div key={place}>
        {places.length > 1 && `${t(`place-${place}`)}${language === "en" ? ": " : "："}`}
        {serials.join(" ")}
      </div>
    );
  });
}

interface PersonRowProps {
  person: RecallPerson;
  instructedAtMs: number | null;
  seesPatients: boolean;
  isBusy: boolean;
  onContact: (outcome: (typeof contactOutcomes)[number] | null) => void;
}

function PersonRow({ person, instructedAtMs, seesPatients, isBusy, onContact }: PersonRowProps) {
  const t = useMessages("recalls");
  const { patientId, name, partnerUid, phone, isArchived, place, sensors, tries } = person;
  const [last] = tries;
  const isOutdated = wasToldBefore(person, instructedAtMs);
  return (
    <tr>
      <th scope="row">
        <div>
          {seesPatients ? (
            <Link className={prose.link} to={`/patients/${patientId}`}>
              {name}
            </Link>
          ) : (
            name
          )}
        </div>
        <div className={prose.small}>
          {partnerUid}
          {isArchived && ` · ${t("archived")}`}
        </div>
      </th>
      <td data-label={t("column.place")} data-place={place}>
        {t(`place-${place}`)}
      </td>
      <td data-label={t("column.serials")}>
        <Sensors sensors={sensors} />
      </td>
      {seesPatients && <td data-label={t("field.phone")}>{phone ?? t("notOnRecord")}</td>}
      <td data-label={t("column.contact")}>
        <div className={layout.row}>
          {last && <Tries tries={tries} />}
          {isOutdated && <span>{t("toldBefore")}</span>}
          {last && (
            <Button
              className={print.screenOnly}
              variant="default"
              size="xs"
              disabled={isBusy}
              onClick={() => onContact(null)}
            >
              {t("action.undo")}
            </Button>
          )}
          {(!last || last.outcome === "not-reached" || isOutdated) &&
            contactOutcomes.map((outcome) => (
              <Button
                key={outcome}
                className={print.screenOnly}
                variant="default"
                size="xs"
                disabled={isBusy}
                aria-label={t("outcomeOf", { outcome: t(`outcome-${outcome}`), name })}
                onClick={() => onContact(outcome)}
              >
                {t(`outcome-${outcome}`)}
              </Button>
            ))}
        </div>
      </td>
    </tr>
  );
}

/** The last of them, and how many there were before it. */
function Tries({ tries }: Pick<RecallPerson, "tries">) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const [last, ...earlier] = tries.map(({ outcome, byName, atMs }) => (
    <span key={`${atMs} ${outcome}`}>
      {t("contactBy", {
        outcome: t(`outcome-${outcome}`),
        name: byName ?? t("somebody"),
        when: formatDateTime(atMs, viewerZone, language),
      })}
    </span>
  ));
  return (
    <div>
      {last}
      {earlier.length > 0 && (
        <details>
          <summary>{t("tries", { count: tries.length })}</summary>
          <ul className={classes.list}>
            {earlier.map((words) => (
              <li key={words.key}>{words}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
