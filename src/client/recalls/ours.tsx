import { type Recall, recallPlaces } from "#contract/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Facts } from "../ui/facts.tsx";
import prose from "../ui/prose.module.css";
import classes from "./recalls.module.css";

/** How many sensors of a recall are ours, and where they are. */
export function Ours({ recall }: { recall: Recall }) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  const { lines, notOurs, unusable, repeated, sensors, alike, alikeCount, shown } = recall;
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
          ...(repeated === null
            ? []
            : [
                { key: "distinct", name: t("distinct"), value: number(lines - unusable - repeated) },
                { key: "repeated", name: t("repeated"), value: number(repeated) },
              ]),
          { key: "lines", name: t("lines"), value: number(lines) },
        ]}
      />
      <p className={prose.note}>{t("asKnown")}</p>
      {shown && shown.notTaken.length > 0 && (
        <details open={!recall.isBegun}>
          <summary>{t("notTaken", { count: unusable })}</summary>
          <ul>
            {shown.notTaken.map(({ line, text }) => (
              <li key={line}>{t("notTakenLine", { line, text })}</li>
            ))}
          </ul>
          {unusable > shown.notTaken.length && (
            <p className={prose.note}>{t("moreLines", { count: unusable - shown.notTaken.length })}</p>
          )}
        </details>
      )}
      {shown && shown.taken.length > 0 && (
        <details open={!recall.isBegun}>
          <summary>{t("taken", { count: shown.taken.length })}</summary>
          <ul>
            {shown.taken.map(({ line, text, serials }) => (
              <li key={line}>{t("takenLine", { line, text, serials: serials.join(" ") })}</li>
            ))}
          </ul>
        </details>
      )}
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
