import { Fragment, type ReactNode, type Ref } from "react";
import type { LookupFilter, LookupRow } from "#contract/lookups.ts";
import { formatAside } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useHeadlineWords } from "../ui/headline-words.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { useTroubleWords } from "../ui/trouble-words.ts";
import { viewerZone } from "../ui/viewer-zone.ts";

const columns = ["serial", "state", "verdict", "worn", "owner", "lot", "last-data", "end"] as const;
type Column = (typeof columns)[number];
const ofTimes: readonly Column[] = ["last-data", "end"];

/** The columns and what they are called; one of times says in which zone. */
export function useColumns() {
  const t = useMessages("lookups");
  return columns.map((name) => ({
    name,
    words: ofTimes.includes(name)
      ? t("inZone", { column: t(`field.${name}`), zone: viewerZone })
      : t(`field.${name}`),
  }));
}

export function useFilterWords() {
  const t = useMessages("lookups");
  return (filter: LookupFilter): string =>
    filter === "activated" || filter === "bound" || filter === "unbound" || filter === "ended"
      ? t(`state.${filter}`)
      : t(`filter-${filter}`);
}

/** What is said of a sensor, in the words of its own page. */
export function useRowWords() {
  const t = useMessages("lookups");
  const ofPage = useMessages("device", "trouble");
  const headlineWords = useHeadlineWords();
  const troubleWords = useTroubleWords();
  const { language } = usePreferences();
  const orRecalled = ({ isRecalled }: LookupRow, words: string) =>
    isRecalled ? t("recalled", { words }) : words;
  const whyUntold = ({ outcome, trouble }: LookupRow): string | null => {
    if (outcome === "told") return null;
    if (outcome === "new") return t("pending");
    if (outcome === "unknown") return t("failure.device-unknown.title");
    if (outcome === "refused") return ofPage("refusedTitle");
    return trouble ? troubleWords(trouble) : t(`filter-${outcome}`);
  };
  const asOf = ({ headlineMs, endedAtMs, askedAtMs }: LookupRow, zone: string): string | null => {
    // What has ended stays as it is; all else went on since it was asked for.
    if (headlineMs === null || endedAtMs !== null || askedAtMs === null) return null;
    return t("inZone", { column: formatDateTime(askedAtMs, zone, language), zone });
  };
  const ofData = (row: LookupRow, zone: string): string => {
    const { headline, headlineMs, isInDoubt, trouble } = row;
    if (headline) {
      const verdict = headlineWords({ headline, durationMs: headlineMs, isInDoubt });
      const time = asOf(row, zone);
      return time === null ? verdict : t("verdictAsOf", { verdict, time });
    }
    return trouble ? t("noData", { reason: troubleWords(trouble) }) : "–";
  };
  return {
    /** Why there is no state; null where there is one. */
    untold: (row: LookupRow): string | null => {
      const why = whyUntold(row);
      return why && orRecalled(row, why);
    },
    state: ({ state, statusCode }: LookupRow): string =>
      state === null || state === "unknown"
        ? t("undocumented", { code: statusCode ?? "" })
        : t(`state.${state}`),
    /** Its time is that of `zone`, which is named. */
    verdict: (row: LookupRow, zone: string = viewerZone): string => orRecalled(row, ofData(row, zone)),
    lot: ({ lot, otherLot }: LookupRow): string =>
      lot === null ? "–" : otherLot === null ? lot : t("otherLot", { lot, other: otherLot }),
    worn: ({ worn }: LookupRow): string => (worn === null ? t("worn-unknown") : t(`worn-${worn}`)),
    owner: ({ owner }: LookupRow): string => {
      if (owner === null) return "–";
      if (owner.kind === "patient") return formatAside(owner.name, owner.partnerUid, language);
      return owner.kind === "nobody" ? t("owner.nobody") : t("owner.another-partner");
    },
  };
}

interface ResultRowProps {
  ref: Ref<HTMLTableRowElement>;
  /** Undefined while its page is on its way. */
  row: LookupRow | undefined;
  index: number;
}

export function ResultRow({ ref, row, index }: ResultRowProps) {
  const words = useRowWords();
  if (!row)
    return (
      <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
        <td colSpan={columns.length}>…</td>
      </tr>
    );
  const untold = words.untold(row);
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
      <th scope="row">
        <Link className={prose.link} to={`/devices/${encodeURIComponent(row.serial)}`}>
          {row.serial}
        </Link>
      </th>
      {untold === null ? (
        <Told row={row} />
      ) : (
        <td colSpan={columns.length - 1} data-failed={row.outcome !== "new" || undefined}>
          {untold}
          {row.likely.length > 0 && <Likely serials={row.likely} />}
        </td>
      )}
    </tr>
  );
}

/** Offered, never taken: each leads to its own page. */
function Likely({ serials }: { serials: readonly string[] }) {
  const t = useMessages("lookups");
  return (
    <>
      {" · "}
      {t("likely")}{" "}
      {serials.map((serial, index) => (
        <Fragment key={serial}>
          {index > 0 && ", "}
          <Link className={prose.link} to={`/devices/${encodeURIComponent(serial)}`}>
            {serial}
          </Link>
        </Fragment>
      ))}
    </>
  );
}

function Told({ row }: { row: LookupRow }) {
  const t = useMessages("lookups");
  const life = useMessages("device", "life");
  const words = useRowWords();
  const { language } = usePreferences();
  const at = (timeMs: number | null) =>
    timeMs === null ? null : formatDateTime(timeMs, viewerZone, language);
  const { owner, lastDataAtMs, endedAtMs, estimatedEndAtMs } = row;
  const expected = at(estimatedEndAtMs);
  const cells: Record<Exclude<Column, "serial">, ReactNode> = {
    state: words.state(row),
    verdict: words.verdict(row),
    worn: words.worn(row),
    owner:
      owner?.kind === "patient" && owner.patientId ? (
        <Link className={prose.link} to={`/patients/${owner.patientId}`}>
          {words.owner(row)}
        </Link>
      ) : (
        words.owner(row)
      ),
    lot: words.lot(row),
    "last-data": at(lastDataAtMs) ?? "–",
    end: row.isInDoubt
      ? life("inDoubt")
      : (at(endedAtMs) ?? (expected ? t("expected", { date: expected }) : "–")),
  };
  return useColumns().map(
    ({ name, words: label }) =>
      name !== "serial" && (
        // A zone's name breaks after its slash, and not within a city.
        <td
          key={name}
          data-label={label.replaceAll("/", "/\u200b")}
          data-worn={name === "worn" ? row.worn : undefined}
          data-verdict={name === "verdict" || undefined}
        >
          {cells[name]}
        </td>
      ),
  );
}
