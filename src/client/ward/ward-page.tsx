import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { RosterQuery } from "#contract/roster-query.ts";
import type { WardChoice } from "#contract/ward.ts";
import { mostTiles } from "#contract/ward-tiles.ts";
import { formatAge, formatTime } from "#words/time.ts";
import { patientQueries } from "../api/patients.ts";
import { changeWardChoice, type WardPatient, wardQueries } from "../api/ward.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { useFailureWords } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { useSize } from "../ui/use-size.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Tile } from "./tile.tsx";
import { columnsFor, lowestFirst, tileLabels, troublesOf } from "./tile-view.ts";
import classes from "./ward.module.css";

export interface NamedView {
  name: string;
  search: string;
}

type ListView = Pick<RosterQuery, "filter" | "sort" | "down">;

interface WardPageProps {
  owner: string;
  /** The views of the list that there are. */
  views: readonly NamedView[];
  viewOf: (search: string) => ListView;
  /** In how many minutes this session ends when nobody touches the screen. */
  minutesLeft: () => number | null;
}

/** `/ward`: the chosen patients on a screen that hangs on a wall. It is no alarm, and says so. */
export function WardPage(props: WardPageProps) {
  const t = useMessages("ward");
  useDocumentTitle(useMessages("app")("ward"));
  const { data: choice, error, refetch } = useQuery(wardQueries.choice(props.owner));
  const [isChoosing, setChoosing] = useState(false);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const change = useMutation(changeWardChoice(props.owner));
  if (error && choice === undefined)
    return <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />;
  if (choice === undefined) return <Loading height="20rem" label={t("loading")} />;
  if (choice === null || isChoosing)
    return (
      <ChoiceForm
        choice={choice}
        views={props.views}
        names={names}
        isPending={change.isPending}
        error={change.error}
        onSave={(next) => change.mutate(next, { onSuccess: () => setChoosing(false) })}
        onCancel={choice && (() => setChoosing(false))}
      />
    );
  return (
    <Chosen
      {...props}
      choice={choice}
      onChoose={(patients) => {
        setNames(new Map(patients.map(({ id, name, partnerUid }) => [id, `${name} · ${partnerUid}`])));
        setChoosing(true);
      }}
    />
  );
}

type ChosenProps = WardPageProps & {
  choice: WardChoice;
  onChoose: (patients: readonly WardPatient[]) => void;
};

/** Whoever has one of these is on the wall before others, reviewed or not. */
const lows = ["very-low-now", "very-low-last", "low-now", "low-last"] as const;

/** Whom a choice means now: the first of a view, or those who were picked. */
function useMembers(shown: WardChoice["shown"], viewOf: WardPageProps["viewOf"]) {
  const view = "search" in shown ? viewOf(shown.search) : null;
  const listed = useQuery({
    ...patientQueries.first(view ?? viewOf(""), mostTiles),
    enabled: view !== null,
  });
  const total = listed.data?.total ?? 0;
  // Of a list that does not fit those who were reviewed stand last.
  const low = useQueries({
    queries: lows.map((reason) => ({
      ...patientQueries.first(
        { filter: { ...view?.filter, reason }, sort: "who-first", down: false },
        mostTiles,
      ),
      enabled: view?.sort === "who-first" && total > mostTiles && view.filter?.reason === undefined,
    })),
  });
  if ("ids" in shown) return { ids: shown.ids, total: shown.ids.length, error: null };
  const rows = [...low.flatMap(({ data }) => data?.rows ?? []), ...(listed.data?.rows ?? [])];
  return {
    ids: listed.data ? [...new Set(rows.map(({ id }) => id))].slice(0, mostTiles) : null,
    total,
    error: listed.error ?? low.find(({ error }) => error)?.error ?? null,
  };
}

/** One opening of the page, however long it stands. */
const newOpening = () => Math.random().toString(36).slice(2).padEnd(12, "0");

function Chosen({ choice, viewOf, views, minutesLeft, onChoose }: ChosenProps) {
  const t = useMessages("ward");
  const nowMs = useNow();
  const [opening] = useState(newOpening);
  const members = useMembers(choice.shown, viewOf);
  const ids = members.ids ?? [];
  const { data: patients, error: nowError } = useQuery({
    ...wardQueries.now(ids, opening),
    // Whoever joins a view comes with the next answer, and the others stay.
    placeholderData: (before) => before,
  });
  const error = members.error ?? nowError;
  const { shown } = choice;
  const view = "search" in shown ? views.find(({ search }) => search === shown.search)?.name : undefined;
  const isNobody = members.ids?.length === 0;
  // Who was reviewed stands behind in the list; on a wall nobody low now does.
  const isWhoFirst = "search" in shown && viewOf(shown.search).sort === "who-first";
  return (
    <div className={classes.ward}>
      <WardBar
        name={view ?? t("search" in shown ? "ownView" : "picked")}
        total={members.total}
        patients={patients ?? []}
        error={error}
        nowMs={nowMs}
        minutesLeft={minutesLeft}
        onChoose={() => onChoose(patients ?? [])}
      />
      {isNobody && <p className={classes.nobody}>{t("nobody")}</p>}
      {!patients &&
        !isNobody &&
        (error ? <Failure error={error} /> : <Loading height="60vh" label={t("loading")} />)}
      {patients && !isNobody && (
        <Tiles
          patients={isWhoFirst ? lowestFirst(patients, nowMs) : patients}
          named={choice.named}
          nowMs={nowMs}
        />
      )}
    </div>
  );
}

const noLabel = { name: "", apart: "" };

function Tiles({
  patients,
  named,
  nowMs,
}: {
  patients: readonly WardPatient[];
  named: WardChoice["named"];
  nowMs: number;
}) {
  const t = useMessages("ward");
  const { unit } = usePreferences();
  const frame = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSize(frame);
  const { columns, below } = columnsFor(patients.length, widthPx, heightPx);
  const labels = tileLabels(patients, named);
  return (
    <>
      {below > 0 && <p className={classes.below}>{t("below", { count: below })}</p>}
      <div ref={frame} className={classes.frame}>
        <ul
          className={classes.tiles}
          aria-label={t("tiles", { unit })}
          data-fits={below === 0}
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {patients.map((patient) => (
            <Tile
              key={patient.id}
              patient={patient}
              label={labels.get(patient.id) ?? noLabel}
              nowMs={nowMs}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

interface WardBarProps {
  name: string;
  total: number;
  patients: readonly WardPatient[];
  error: Error | null;
  nowMs: number;
  minutesLeft: () => number | null;
  onChoose: () => void;
}

/** Whom it shows, as of when, what it is not, and when it will end. */
function WardBar({ name, total, patients, error, nowMs, minutesLeft, onChoose }: WardBarProps) {
  const t = useMessages("ward");
  const app = useMessages("app");
  const { language, unit } = usePreferences();
  const left = minutesLeft();
  const oldestMs = Math.min(...patients.map(({ asOfMs }) => asOfMs ?? Number.POSITIVE_INFINITY));
  return (
    <div className={classes.bar}>
      <h1>{app("ward")}</h1>
      <span>{total > mostTiles ? t("firstOf", { name, most: mostTiles, total }) : name}</span>
      <strong className={classes.noAlarm}>{t("noAlarm")}</strong>
      <span>{unit}</span>
      <strong>{formatTime(nowMs, viewerZone, language)}</strong>
      {Number.isFinite(oldestMs) && <span>{t("asOf", { age: formatAge(nowMs - oldestMs, language) })}</span>}
      {patients.length > 0 && patients.every(({ asOfMs }) => asOfMs === null) && (
        <strong className={prose.fault} role="status">
          {t("noneRead", { at: formatTime(nowMs, viewerZone, language) })}
        </strong>
      )}
      <Troubles patients={patients} />
      {error && patients.length > 0 && <NotRenewed error={error} />}
      {left !== null && <span>{t("ends", { count: Math.max(1, Math.ceil(left)) })}</span>}
      <span className={classes.actions}>
        <FullScreen />
        <Button size="compact-sm" variant="default" onClick={onChoose}>
          {t("choose")}
        </Button>
        <Link className={prose.link} to="/patients">
          {t("leave")}
        </Link>
      </span>
    </div>
  );
}

/** What the tiles need not say each: why they could not be read. */
function Troubles({ patients }: { patients: readonly WardPatient[] }) {
  const t = useMessages("ward");
  const words = useMessages("domain", "failure");
  return troublesOf(patients).map(({ code, count }) => (
    <strong key={code} className={prose.fault} role="status">
      {count === patients.length
        ? t("troubleOfAll", { title: words(`${code}.title`) })
        : t("troubleOf", { title: words(`${code}.title`), count })}
    </strong>
  ));
}

function NotRenewed({ error }: { error: Error }) {
  const t = useMessages("ward");
  const { title } = useFailureWords(error);
  return (
    <strong className={prose.fault} role="status">
      {t("notRenewed", { title })}
    </strong>
  );
}

function FullScreen() {
  const t = useMessages("ward");
  const [isFull, setFull] = useState(document.fullscreenElement != null);
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement != null);
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, []);
  if (!document.fullscreenEnabled) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() =>
        void (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
          () => {},
        )
      }
    >
      {t(isFull ? "fullScreenEnd" : "fullScreen")}
    </Button>
  );
}
