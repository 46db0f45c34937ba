import { useEffect, useRef, useState } from "react";
import type { ListedPatient } from "#contract/roster.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { nameApart } from "../ui/identity-words.ts";
import print from "../ui/print.module.css";
import classes from "./live-bar.module.css";
import { isLowNow } from "./reason-words.ts";

/** So many are named in a sentence. */
const mostNamed = 3;

const isLow = ({ worklist }: ListedPatient) => worklist?.reasons.some(({ key }) => isLowNow(key)) ?? false;

/** Who has become low since the answer before, of those who were in it: a list just opened tells nothing. */
function useBecameLow(latest: readonly ListedPatient[], list: unknown): readonly ListedPatient[] {
  const [people, setPeople] = useState<readonly ListedPatient[]>([]);
  const before = useRef<{ list: unknown; low: ReadonlyMap<string, boolean> } | null>(null);
  useEffect(() => {
    const low = new Map(latest.map((row) => [row.id, isLow(row)]));
    const known = before.current?.list === list ? before.current?.low : null;
    before.current = { list, low: new Map([...(known ?? []), ...low]) };
    if (!known) {
      setPeople([]);
      return;
    }
    const became = latest.filter(({ id }) => low.get(id) && known.get(id) === false);
    if (became.length > 0) setPeople(became);
    else if (latest.some(({ id }) => known.get(id) && !low.get(id))) setPeople([]);
  }, [latest, list]);
  return people;
}

interface LiveBarProps {
  latest: readonly ListedPatient[];
  /** Another list tells nothing of the one before. */
  list: unknown;
  /** Rows that wait to be moved. */
  moved: number;
  onShow: () => void;
}

/** What has changed while the list was looked at: over the page's foot, so that it moves no row. */
export function LiveBar({ latest, list, moved, onShow }: LiveBarProps) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const people = useBecameLow(latest, list);
  const named = people.length > mostNamed ? [] : people.map((row) => nameApart(row, language));
  const said =
    people.length > 0 &&
    t(named.length > 0 ? "becameLow" : "becameLowMany", {
      names: formatList(named, language),
      count: people.length,
    });
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  return (
    <div className={`${classes.bar} ${print.screenOnly}`} data-empty={people.length === 0 && moved === 0}>
      {said && <p>{said}</p>}
      {moved > 0 && (
        <Button size="compact-sm" onClick={onShow}>
          {t("showMoved", { count: moved })}
        </Button>
      )}
    </div>
  );
}
