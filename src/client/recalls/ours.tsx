import { linesTaken, type Recall, type RecallShown, recallPlaces } from "#contract/recalls.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Facts } from "../ui/facts.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { RecallAnswersGiven } from "./recall-questions.tsx";
import classes from "./recalls.module.css";

/** How many sensors of a recall are ours, and where they are. */
export function Ours({ recall }: { recall: Recall }) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  const { lines, notOurs, unusable, repeated, sensors, alikeCount, shown } = recall;
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
          ...(shown && shown.leftOut > 0
            ? [{ key: "leftOut", name: t("leftOut"), value: number(shown.leftOut) }]
            : []),
          ...(unusable > 0 ? [{ key: "unusable", name: t("unusable"), value: number(unusable) }] : []),
          ...(repeated === null
            ? []
            : [
                { key: "distinct", name: t("distinct"), value: number(linesTaken(recall) - repeated) },
                { key: "repeated", name: t("repeated"), value: number(repeated) },
              ]),
          { key: "lines", name: t("lines"), value: number(lines) },
        ]}
      />
      <p className={prose.note}>{t("asKnown")}</p>
      {shown && shown.inBoth > 0 && (
        <p>
          {t("inBoth", { count: shown.inBoth })} {shown.inBothSerials.join(" ")}
          {shown.inBoth > shown.inBothSerials.length && shown.inBothSerials.length > 0 && " …"}
        </p>
      )}
      {shown && <Lots shown={shown} />}
      <NotTaken recall={recall} />
      {shown && shown.questions.length > 0 && <RecallAnswersGiven questions={shown.questions} />}
      {shown && <Taken shown={shown} isOpen={!recall.isBegun} />}
      {alikeCount > 0 && <Alike recall={recall} />}
      {shown && <NotKnown shown={shown} />}
    </section>
  );
}

/** The first lines with sensors of ours, as they were read. */
function Taken({ shown: { taken }, isOpen }: { shown: RecallShown; isOpen: boolean }) {
  const t = useMessages("recalls");
  if (taken.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{t("taken", { count: taken.length })}</summary>
      <ul>
        {taken.map(({ line, text, serials }) => (
          <li key={line}>{t("takenLine", { line, text, serials: serials.join(" ") })}</li>
        ))}
      </ul>
    </details>
  );
}

function NotKnown({ shown: { notKnown } }: { shown: RecallShown }) {
  const t = useMessages("recalls");
  if (notKnown.length === 0) return null;
  return (
    <details>
      <summary>{t("notKnown", { count: notKnown.length })}</summary>
      <ul>
        {notKnown.map(({ line, text }) => (
          <li key={line}>{t("exampleLine", { line, text })}</li>
        ))}
      </ul>
    </details>
  );
}

/** What is taken of a file before what is doubtful in it is answered. */
export function TakenSoFar({ recall, shown }: { recall: Recall; shown: RecallShown }) {
  const t = useMessages("recalls");
  const lines = linesTaken(recall);
  if (lines === 0) return null;
  const ours = recallPlaces.reduce((sum, place) => sum + recall.sensors[place], 0);
  return (
    <div>
      <p>{t("takenSoFar", { lines, distinct: lines - (recall.repeated ?? 0), ours })}</p>
      <Taken shown={shown} isOpen={false} />
      <NotKnown shown={shown} />
    </div>
  );
}

/** Lines of a file from before they were asked about. */
function Alike({ recall: { alike, alikeCount, shown } }: { recall: Recall }) {
  const t = useMessages("recalls");
  if (shown?.questions.some(({ kind }) => kind === "alike")) return null;
  return (
    <details>
      <summary>{t("alike", { count: alikeCount })}</summary>
      <ul>
        {alike.map(({ line, text, serial }) => (
          <li key={serial}>{t("alikeLine", { line, text, serial })}</li>
        ))}
      </ul>
    </details>
  );
}

const mostLots = 20;

/** The lots of ours that a file names where it names no serial. */
export function Lots({ shown: { lots } }: { shown: RecallShown }) {
  const t = useMessages("recalls");
  const { language } = usePreferences();
  if (lots.length === 0) return null;
  const named = lots.slice(0, mostLots).map(({ lot, sensors }) => t("lot", { lot, count: sensors }));
  const more = lots.length > mostLots ? [t("andMore", { count: lots.length - mostLots })] : [];
  return <Notice color="orange">{t("lots", { lots: formatList([...named, ...more], language) })}</Notice>;
}

/** The lines that are not taken, first those that name a sensor of ours. */
export function NotTaken({ recall: { shown, unusable, isBegun } }: { recall: Recall }) {
  const t = useMessages("recalls");
  if (!shown) return null;
  const { notTaken, notTakenOurs, notTakenOursCount } = shown;
  const kinds = [
    { key: "ours", lines: notTakenOurs, count: notTakenOursCount, title: "notTakenOurs" },
    { key: "all", lines: notTaken, count: unusable, title: "notTaken" },
  ] as const;
  return kinds
    .filter(({ lines }) => lines.length > 0)
    .map(({ key, lines, count, title }) => (
      <details key={key} open={!isBegun}>
        <summary>{t(title, { count })}</summary>
        <NotTakenLines lines={lines} />
        {count > lines.length && (
          <p className={prose.note}>{t("moreLines", { count: count - lines.length })}</p>
        )}
      </details>
    ));
}

function NotTakenLines({ lines }: { lines: RecallShown["notTaken"] }) {
  const t = useMessages("recalls");
  return (
    <ul>
      {lines.map(({ line, text, reason }) => (
        <li key={line}>
          {t("notTakenLine", { line, text })}
          {reason && ` ${t(reason)}`}
        </li>
      ))}
    </ul>
  );
}
