import { useQuery } from "@tanstack/react-query";
import { type PointerEvent, useCallback, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { formatList } from "#words/list.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { NearNames } from "../ui/near-names.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { usePrinting } from "../ui/use-printing.ts";
import { useAppointmentTimes } from "./appointment-times.ts";
import { FoldButton } from "./fold-button.tsx";
import { positionAt, useListPosition } from "./list-position.ts";
import { LiveBar } from "./live-bar.tsx";
import { useOpenedRow } from "./opened-row.ts";
import { PrintedRoster } from "./printed-roster.tsx";
import classes from "./roster.module.css";
import type { RowSlots } from "./roster-row.tsx";
import { RosterTable } from "./roster-table.tsx";
import { RosterTools } from "./roster-tools.tsx";
import { SaveList } from "./save-list.tsx";
import { useFirstRowKey } from "./use-first-row-key.ts";
import { useHeldRow } from "./use-held-row.ts";
import { useOpenFirst } from "./use-open-first.ts";
import { usePrintedRows } from "./use-printed-rows.ts";
import { type Asked, isNarrowedBy, type RosterData, useAskedList, useRoster } from "./use-roster.ts";
import { countFilters } from "./view.ts";
import { viewSearch } from "./view-search.ts";
import { viewFaults } from "./views.ts";

const noSlots: RowSlots = {};

/** `/patients`: everyone registered here, and how each is now. */
export function RosterPage({ slots = noSlots }: { slots?: RowSlots }) {
  const owner = useQuery(sessionQuery).data?.user.id;
  const faults = viewFaults(useSearchParams()[0]);
  if (!owner) return null;
  return faults.length > 0 ? (
    <NoSuchView faults={faults} />
  ) : (
    <Roster key={owner} owner={owner} slots={slots} />
  );
}

function NoSuchView({ faults }: { faults: readonly string[] }) {
  const t = useMessages("roster");
  const app = useMessages("app");
  const { language } = usePreferences();
  return (
    <Page title={app("patients")}>
      <Notice color="yellow" title={t("noView")}>
        <p className={classes.faults}>{t("noViewFaults", { faults: formatList(faults, language) })}</p>
        <Link className={`${prose.link} ${prose.underlined}`} to="/patients">
          {t("noViewNext")}
        </Link>
      </Notice>
    </Page>
  );
}

/** Whether a hand or the focus is among the rows: they are not to move then. */
function useHand() {
  const isPointed = useRef(false);
  const rows = useRef<HTMLDivElement>(null);
  const [, setLeft] = useState(0);
  const leave = () => setLeft((times) => times + 1);
  const isHeld = useCallback(
    () => isPointed.current || (rows.current?.contains(document.activeElement) ?? false),
    [],
  );
  const props = {
    ref: rows,
    onPointerEnter: (event: PointerEvent) => {
      isPointed.current = event.pointerType !== "touch";
    },
    onPointerLeave: () => {
      isPointed.current = false;
      leave();
    },
    onBlur: leave,
  };
  return { isHeld, props };
}

function Roster({ owner, slots }: { owner: string; slots: RowSlots }) {
  const t = useMessages("roster");
  const app = useMessages("app");
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableSectionElement>(null);
  const list = useAskedList(owner);
  const { asked } = list;
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const hand = useHand();
  const { data, isAnswered, error, retry, moved, apply } = useRoster(asked, range, hand.isHeld);
  useHeldRow(hand.props.ref, data !== null && data.total > 0);
  const isToldAbove = useIsToldAbove(error);
  const { view: shownView, q: shownQ } = data?.shown ?? asked;
  const paper = usePrintedRows(shownView, shownQ, data?.total ?? 0, data?.first ?? []);
  const times = useAppointmentTimes(shownView.sort);
  const isPrinting = usePrinting();
  const { returnTo, rememberOpened, forgetOpened } = useOpenedRow(owner);
  const [, setPosition] = useListPosition(owner);
  const open = (index: number, id: string) => {
    rememberOpened(index, id);
    if (data) setPosition({ ...positionAt(data, index), times: Object.fromEntries(times) });
  };
  const [isFinding, setIsFinding] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const toRows = useCallback(() => table.current?.querySelector("a")?.focus(), []);
  useFirstRowKey(toRows);
  const openFirst = useOpenFirst({ data, isAnswered, table, open });
  return (
    <Page
      title={app("patients")}
      actions={
        <>
          {data && data.total > 0 && <SkipToRows onSkip={toRows} />}
          <ListActions
            owner={owner}
            asked={asked}
            isOpen={isOpen}
            onOpen={setOpen}
            onPrint={() => void paper.print()}
          />
        </>
      }
    >
      {paper.progress && <ReadingForPaper {...paper.progress} onCancel={paper.cancel} />}
      <div className={print.screenOnly}>
        <RosterTools
          owner={owner}
          list={list}
          data={data}
          field={field}
          isFinding={isFinding}
          openFirst={openFirst}
          isOpen={isOpen}
          onOpen={setOpen}
          onDown={toRows}
          notes={slots.Head && <slots.Head />}
        />
      </div>
      {error && !(data && isToldAbove) && <Failure error={error} title={t("failed")} onRetry={retry} />}
      {!data && !error && <Loading height="2.375rem" rows={12} label={t("loading")} />}
      {data && data.total > 0 && (
        <div className={print.screenOnly} {...hand.props}>
          <RosterTable
            data={data}
            ref={table}
            onRange={setRange}
            onLeaveUp={() => field.current?.focus()}
            onOpen={open}
            onFind={() => {
              field.current?.focus();
              field.current?.select();
              setIsFinding(true);
            }}
            returnTo={returnTo}
            onReturned={forgetOpened}
            times={times}
            slots={slots}
          />
        </div>
      )}
      {data && <LiveBar latest={data.latest} list={data.shown} moved={moved} onShow={apply} />}
      {data && isPrinting && (
        <PrintedRoster {...data.shown} total={data.total} rows={paper.rows} times={times} />
      )}
      {isAnswered && data?.total === 0 && <Nobody asked={asked} near={data.near} />}
    </Page>
  );
}

/** Before all that stands above the list. */
function SkipToRows({ onSkip }: { onSkip: () => void }) {
  const t = useMessages("roster");
  return (
    <button type="button" className={`${classes.skip} ${print.screenOnly}`} onClick={onSkip}>
      {t("skipToRows")}
    </button>
  );
}

function ReadingForPaper({ done, total, onCancel }: { done: number; total: number; onCancel: () => void }) {
  const t = useMessages("roster");
  return (
    <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
      <p role="status">{t("printedReading", { done, total })}</p>
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        {t("action.cancel")}
      </Button>
    </div>
  );
}

interface ListActionsProps {
  owner: string;
  asked: Asked;
  /** On a narrow screen all that stands above the list is shown. */
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onPrint: () => void;
}

function ListActions({ owner, asked, isOpen, onOpen, onPrint }: ListActionsProps) {
  const { view } = asked;
  const t = useMessages("roster");
  const app = useMessages("app");
  // So that the way back leads to the list as it was.
  const search = viewSearch(view);
  return (
    <div className={`${layout.row} ${classes.actions} ${print.screenOnly}`} data-gap="xs">
      <FoldButton words="all" active={countFilters(view)} isOpen={isOpen} onOpen={onOpen} />
      <ButtonLink to="/appointments" variant="default">
        {t("appointments")}
      </ButtonLink>
      <div className={classes.folded} data-open={isOpen}>
        <Button variant="default" onClick={onPrint}>
          {t("action.print")}
        </Button>
        <SaveList {...asked} />
        <ButtonLink to="/reports" state={{ list: { owner, ...asked } }} variant="default">
          {t("reports")}
        </ButtonLink>
        <ButtonLink to="/ward" variant="default">
          {app("ward")}
        </ButtonLink>
        <ButtonLink to={{ pathname: "/patients/import", search }} variant="default">
          {t("import")}
        </ButtonLink>
      </div>
      <ButtonLink to={{ pathname: "/patients/new", search }}>{t("add")}</ButtonLink>
    </div>
  );
}

/** Why the list is empty, and what to do about it. */
function Nobody({ asked: { view, q }, near }: { asked: Asked; near: RosterData["near"] }) {
  const t = useMessages("roster");
  const isMineOnly = view.filter.mine === true && countFilters(view) === 1;
  const why = q ? "noMatch" : isMineOnly ? "noneMine" : isNarrowedBy({ view, q }) ? "noneInView" : "nobody";
  return (
    <div className={classes.empty}>
      <p className={prose.strong}>{t(why, { q })}</p>
      <NearNames near={near} />
      <p className={prose.dimmed}>{t(`${why}Next`)}</p>
    </div>
  );
}
