import type { BrandNote } from "#contract/brand.ts";
import { formatPair } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import classes from "./brand.module.css";

/** What the software is, whatever it is called. */
export const own = "Trendline";

/** What was refused, corrected or is good to know, the refused first. */
export function NoteList({ notes }: { notes: readonly BrandNote[] }) {
  const t = useMessages("brand");
  const { language } = usePreferences();
  const wordsOf = ({ code, file, values }: BrandNote) => {
    const { band, kind } = values;
    return t(`note.${code}`, {
      ...values,
      file,
      ...(band === undefined ? {} : { band: t(`band.${band}` as "band.low") }),
      ...(kind === "?" ? { kind: t("otherKind") } : {}),
    });
  };
  const order = ["refused", "corrected", "advice"];
  return (
    <ul className={classes.notes}>
      {notes
        .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
        .map((note) => (
          <li key={`${note.code} ${note.key} ${note.file} ${JSON.stringify(note.values)}`}>
            <strong>{formatPair(t(`kind.${note.kind}`), t(`key.${note.key ?? "whole"}`), language)}</strong>
            {wordsOf(note)}
            {note.kind === "refused" && note.code !== "unknown-key" && (
              <span className={prose.dimmed}> {t("instead", { own })}</span>
            )}
          </li>
        ))}
    </ul>
  );
}
