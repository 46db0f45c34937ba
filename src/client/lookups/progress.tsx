import type { LookupLeftOut, LookupList } from "#contract/lookups.ts";
import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Heard } from "../ui/heard.tsx";
import { TryingAgain, usePaceWords } from "../ui/pace.tsx";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { useTroubleWords } from "../ui/trouble-words.ts";

const mostTold = 5;

/** How far the list has come, how fast, and what it waits for. */
export function Progress({ list }: { list: LookupList }) {
  const t = useMessages("lookups");
  const troubleWords = useTroubleWords();
  const { language } = usePreferences();
  const { state, counts, trouble, total } = list;
  const number = new Intl.NumberFormat(language);
  const done = total - counts.new;
  const doneWords = t("progress", { done: number.format(done), all: number.format(total) });
  return (
    <div>
      <progress className={progress.progress} max={total} value={done} aria-label={t("progressName")} />
      <p>{[doneWords, ...usePaceWords(list, counts.new)].join(" · ")}</p>
      <LeftOutWords {...list.leftOut} />
      {counts.failed > 0 && <p>{t("unanswered", { count: counts.failed })}</p>}
      {state === "running" &&
        (trouble ? (
          <TryingAgain {...list} reason={troubleWords(trouble)} />
        ) : (
          <p className={prose.note}>{t("leave")}</p>
        ))}
      {state === "paused" && (
        <p className={prose.strong} role={trouble ? "alert" : undefined}>
          {trouble ? t("pausedBy", { reason: troubleWords(trouble) }) : t("paused")}
        </p>
      )}
      <Heard
        words={[t(`state-${state}`), trouble ? troubleWords(trouble) : state === "running" ? "" : doneWords]
          .filter(Boolean)
          .join(". ")}
        kind={`${state} ${trouble?.code}`}
      />
    </div>
  );
}

/** What was in the list and is not looked up. */
function LeftOutWords({ rejected, lines, repeated, overLimit }: LookupLeftOut) {
  const t = useMessages("lookups");
  const { language } = usePreferences();
  const shown = lines.slice(0, mostTold).map(({ line, text }) => t("line", { line, text }));
  const more = rejected - shown.length;
  const texts = [...shown, ...(more > 0 ? [t("moreLines", { count: more })] : [])];
  const parts = [
    ...(rejected > 0 ? [t("unusable", { count: rejected, texts: formatList(texts, language) })] : []),
    ...(repeated > 0 ? [t("repeats", { count: repeated })] : []),
    ...(overLimit > 0 ? [t("overLimitShort", { count: overLimit })] : []),
  ];
  return (
    parts.length > 0 && (
      <p>
        <Sentences>
          {t("leftOut", { parts: formatList(parts, language) })}
          {more > 0 && (rejected > lines.length ? t("linesKept", { count: lines.length }) : t("linesInFile"))}
        </Sentences>
      </p>
    )
  );
}
