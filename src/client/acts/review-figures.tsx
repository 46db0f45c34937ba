import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ReviewFigures as Figures, reviewedWithinDays } from "#contract/review-figures.ts";
import { minuteMs } from "#glucose/time.ts";
import { formatAge, formatDuration } from "#words/time.ts";
import { worklistQueries } from "../api/worklist-acts.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import folded from "../ui/folded.module.css";
import { Loading } from "../ui/loading.tsx";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import classes from "./acts.module.css";
import { KeysButton } from "./keys-button.tsx";

/** Above the list: how it is kept up with, and the keys. */
export const ReviewHead = () => (
  <>
    <ReviewFigures />
    <KeysButton />
  </>
);

/** Folded away, and asked for when it is opened. */
function ReviewFigures() {
  const t = useMessages("acts");
  const [isOpen, setIsOpen] = useState(false);
  const { data, error } = useQuery({ ...worklistQueries.figures, enabled: isOpen });
  const line = useFailureLine(error);
  return (
    <details
      className={`${folded.folded} ${classes.figures}`}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t("figures.title")}</summary>
      {data && <FiguresInWords figures={data} />}
      {isOpen && !data && !error && <Loading height="1.25rem" rows={4} />}
      {error && <p className={`${prose.fault} ${prose.small}`}>{line}</p>}
    </details>
  );
}

function FiguresInWords({ figures }: { figures: Figures }) {
  const t = useMessages("acts");
  const { language } = usePreferences();
  const nowMs = useNow();
  const { listed, unread, reviewed, open, oldest, reviews, wait } = figures;
  const number = (count: number) => count.toLocaleString(language);
  return (
    <>
      <ul className={classes.standing}>
        <li>
          {t(unread > 0 ? "figures.openOfRead" : "figures.open", {
            count: open,
            open: number(open),
            listed: number(listed),
            read: number(listed - unread),
            unread: number(unread),
          })}
        </li>
        {oldest && (
          <li>
            {t(oldest.isNever ? "figures.oldestNever" : "figures.oldest", {
              age: formatAge(nowMs - oldest.sinceMs, language),
            })}
          </li>
        )}
        <li>
          {t("figures.reviewed", {
            count: reviewedWithinDays,
            reviewed: number(reviewed),
            listed: number(listed),
          })}
        </li>
        <li>
          {wait.medianMinutes === null
            ? t("figures.waitUnknown")
            : t("figures.wait", {
                length: formatDuration(wait.medianMinutes * minuteMs, language),
                known: number(wait.known),
                reviews: number(reviews),
              })}
        </li>
      </ul>
      <p className={prose.note}>{t("figures.nobody")}</p>
    </>
  );
}
