import { useQuery } from "@tanstack/react-query";
import type { ReactNode, RefObject } from "react";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { FilterBar } from "./filter-bar.tsx";
import { FoldButton } from "./fold-button.tsx";
import { ListNotes } from "./list-notes.tsx";
import { OutsideViewNote } from "./outside-view-note.tsx";
import classes from "./roster.module.css";
import { SearchField } from "./search-field.tsx";
import type { useOpenFirst } from "./use-open-first.ts";
import { type AskedList, isNarrowedBy, type RosterData } from "./use-roster.ts";
import { countFilters } from "./view.ts";
import { ViewBar } from "./view-bar.tsx";
import { viewSearch } from "./view-search.ts";

interface RosterToolsProps {
  owner: string;
  list: AskedList;
  data: RosterData | null;
  /** The search field. */
  field: RefObject<HTMLInputElement | null>;
  /** The browser's own search has been taken over. */
  isFinding: boolean;
  openFirst: ReturnType<typeof useOpenFirst>;
  /** Arrow down: into the list. */
  onDown: () => void;
  /** On a phone too all of it is shown. */
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  /** What other features say of the list. */
  notes: ReactNode;
}

/** Above the list: its view, the search and the filters, and what is to be said of what they leave. */
export function RosterTools(props: RosterToolsProps) {
  const { owner, list, data, field, isFinding, openFirst, onDown, isOpen, onOpen, notes } = props;
  const t = useMessages("roster");
  const facets = useQuery(patientQueries.liveFacets()).data;
  const { asked, text, setText, setView } = list;
  const { view, q } = asked;
  return (
    <>
      <div className={classes.folded} data-open={isOpen}>
        <ViewBar
          owner={owner}
          current={viewSearch(view)}
          isSearched={q !== ""}
          onChoose={() => setText("")}
        />
      </div>
      <div className={classes.tools}>
        <SearchField
          ref={field}
          value={text}
          onChange={(value) => {
            openFirst.cancel();
            setText(value);
          }}
          onOpen={openFirst.ask}
          onDown={onDown}
        />
        <FoldButton words="filters" active={countFilters(view)} isOpen={isOpen} onOpen={onOpen} />
        <FilterBar view={view} facets={facets ?? null} isOpen={isOpen} onChange={setView} />
      </div>
      {isFinding && (
        <p className={`${prose.small} ${layout.belowXs}`} role="status">
          {t("find")}
        </p>
      )}
      {data && <OutsideViewNote asked={data.shown} outsideFilter={data.outsideFilter} />}
      <div className={`${prose.note} ${classes.notes}`}>
        <Count data={data} />
        {facets && <ListNotes view={view} facets={facets} isOpen={isOpen} />}
        <div className={classes.folded} data-open={isOpen}>
          {notes}
        </div>
      </div>
    </>
  );
}

function Count({ data }: { data: RosterData | null }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const shown = data && new Intl.NumberFormat(language).format(data.total);
  return (
    <p role="status">
      {data && shown && t(isNarrowedBy(data.shown) ? "matching" : "total", { count: data.total, shown })}
    </p>
  );
}
