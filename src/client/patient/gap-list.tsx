import type { Gap } from "#glucose/gaps.ts";
import { hourMs } from "#glucose/time.ts";
import { gapInWords, gapsView, printedGaps } from "#report/patient/gaps-view.ts";
import { formatDuration } from "#words/time.ts";
import { gapPlace } from "../chart/walk.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import type { DetailsProps } from "./details-props.ts";
import { PeriodSection } from "./period-section.tsx";
import classes from "./span-list.module.css";
import { useShowAll } from "./use-show-all.ts";

const firstFew = 6;

/**
 * When there were no readings and why, newest first, each with the way to its
 * place in the curve. On paper the longest.
 */
export function GapList({ data, gaps, shownZone, onShow }: DetailsProps) {
  const t = useMessages("details");
  const curve = useMessages("chart", "curve");
  const { language } = usePreferences();
  const { list, isAll, toggle } = useShowAll(firstFew);
  const { newestFirst, printed, totalMs } = gapsView(gaps);
  const count = gaps.length;
  return (
    <PeriodSection id="gaps" name={t("gaps")} definition={t("defGaps")} basis={data}>
      {count === 0 ? (
        <p>{curve("summaryGaps", { count })}</p>
      ) : (
        <>
          <p className={prose.note}>
            <Sentences>
              {t("gapsTotal", { count, duration: formatDuration(totalMs, language) })}
              <span className={print.screenOnly}>{t("gapsChoose")}</span>
            </Sentences>
          </p>
          <ul ref={list} className={classes.list} aria-label={t("gaps")}>
            {newestFirst.map((gap, index) => (
              <li
                key={`${gap.fromMs} ${gap.cause}`}
                data-more={(!isAll && index >= firstFew) || undefined}
                data-printed={printed.has(gap)}
              >
                <GapButton gap={gap} shownZone={shownZone} onShow={onShow} />
              </li>
            ))}
          </ul>
          {count > printedGaps && (
            <p className={`${print.printOnly} ${classes.printedHead}`}>
              {t("gapsMore", { count: count - printedGaps })}
            </p>
          )}
          {count > firstFew && (
            <Button className={print.screenOnly} variant="subtle" size="compact-sm" onClick={toggle}>
              {isAll ? t("action.showFewer") : t("showAllGaps", { count })}
            </Button>
          )}
        </>
      )}
    </PeriodSection>
  );
}

function GapButton({ gap, shownZone, onShow }: Pick<DetailsProps, "shownZone" | "onShow"> & { gap: Gap }) {
  const words = useMessages("chart", "curve");
  const { language } = usePreferences();
  const { when, why } = gapInWords(gap, { words, language, timeZone: shownZone });
  const around = { startMs: gap.fromMs - 2 * hourMs, endMs: gap.toMs + 2 * hourMs };
  return (
    <button type="button" onClick={() => onShow(around, gapPlace(gap))}>
      <strong>{when}</strong>
      <span>{why}</span>
    </button>
  );
}
