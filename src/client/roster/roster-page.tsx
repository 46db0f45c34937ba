import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { ActsRegion } from "../acts/acts-region.tsx";
import { KeysButton } from "../acts/keys-button.tsx";
import { ReviewFigures } from "../acts/review-figures.tsx";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { formatList } from "../ui/list.ts";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { usePrinting } from "../ui/use-printing.ts";
import { positionAt, useListPosition } from "./list-position.ts";
import { useOpenedRow } from "./opened-row.ts";
import { PrintedRoster } from "./printed-roster.tsx";
import classes from "./roster.module.css";
import { RosterTable } from "./roster-table.tsx";
import { RosterTools } from "./roster-tools.tsx";
import { useOpenFirst } from "./use-open-first.ts";
import { usePrintedRows } from "./use-printed-rows.ts";
import { type Asked, isNarrowedBy, useAskedList, useRoster } from "./use-roster.ts";
import { countFilters, type View, viewFaults } from "./view.ts";
import { viewSearch } from "./view-search.ts";

/** `/patients`: everyone registered here, and how each is now. */
export function RosterPage() {
  const owner = useQuery(sessionQuery).data?.user.id;
  const faults = viewFaults(useSearchParams()[0]);
  if (!owner) return null;
  return faults.length > 0 ? <NoSuchView faults={faults} /> : <Roster key={owner} owner={owner} />;
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

function Roster({ owner }: { owner: string }) {
  const t = useMessages("roster");
  const app = useMessages("app");
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableSectionElement>(null);
  const list = useAskedList(owner);
  const { asked } = list;
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const { data, isAnswered, error, retry } = useRoster(asked, range);
  const { view: shownView, q: shownQ } = data?.shown ?? asked;
  const paper = usePrintedRows(shownView, shownQ, data?.total ?? 0, data?.first ?? []);
  const isPrinting = usePrinting();
  const { returnTo, rememberOpened, forgetOpened } = useOpenedRow(owner);
  const [, setPosition] = useListPosition(owner);
  const open = (index: number, id: string) => {
    rememberOpened(index, id);
    if (data) setPosition(positionAt(data, index));
  };
  const [isFinding, setIsFinding] = useState(false);
  const openFirst = useOpenFirst({ data, isAnswered, table, open });
  return (
    <Page
      title={app("patients")}
      actions={<ListActions view={asked.view} onPrint={() => void paper.print()} />}
    >
      <div className={print.screenOnly}>
        <RosterTools
          owner={owner}
          list={list}
          data={data}
          field={field}
          isFinding={isFinding}
          openFirst={openFirst}
          onDown={() => table.current?.querySelector("a")?.focus()}
        />
      </div>
      {error && <Failure error={error} title={t("failed")} onRetry={retry} />}
      {!data && !error && <Loading height="2.375rem" rows={12} label={t("loading")} />}
      {data && data.total > 0 && (
        <div className={print.screenOnly}>
          <ActsRegion>
            <div className={layout.ends} data-gap="xs" data-align="start">
              <ReviewFigures />
              <KeysButton />
            </div>
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
            />
          </ActsRegion>
        </div>
      )}
      {data && isPrinting && <PrintedRoster {...data.shown} total={data.total} rows={paper.rows} />}
      {isAnswered && data?.total === 0 && <Nobody asked={asked} />}
    </Page>
  );
}

function ListActions({ view, onPrint }: { view: View; onPrint: () => void }) {
  const t = useMessages("roster");
  const app = useMessages("app");
  // So that the way back leads to the list as it was.
  const search = viewSearch(view);
  return (
    <div className={`${layout.row} ${classes.actions} ${print.screenOnly}`} data-gap="xs">
      <Button variant="default" onClick={onPrint}>
        {t("action.print")}
      </Button>
      <ButtonLink to="/appointments" variant="default">
        {t("appointments")}
      </ButtonLink>
      <ButtonLink to="/ward" variant="default">
        {app("ward")}
      </ButtonLink>
      <ButtonLink to={{ pathname: "/patients/import", search }} variant="default">
        {t("import")}
      </ButtonLink>
      <ButtonLink to={{ pathname: "/patients/new", search }}>{t("add")}</ButtonLink>
    </div>
  );
}

/** Why the list is empty, and what to do about it. */
function Nobody({ asked: { view, q } }: { asked: Asked }) {
  const t = useMessages("roster");
  const isMineOnly = view.filter.mine === true && countFilters(view) === 1;
  const why = q ? "noMatch" : isMineOnly ? "noneMine" : isNarrowedBy({ view, q }) ? "noneInView" : "nobody";
  return (
    <div className={classes.empty}>
      <p className={prose.strong}>{t(why, { q })}</p>
      <p className={prose.dimmed}>{t(`${why}Next`)}</p>
    </div>
  );
}
