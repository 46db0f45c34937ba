import { useMessages } from "../i18n.ts";
import frame from "../ui/frame.module.css";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Skeleton } from "../ui/skeleton.tsx";
import classes from "./patient.module.css";

const rows = [1, 2, 3, 4, 5, 6, 7];

/**
 * A period that is being read: its curve, its ranges and its numbers in
 * grey. On paper, that it had not come yet.
 */
export function PeriodSkeleton() {
  const t = useMessages("patient", "page");
  return (
    <div aria-busy="true" className={classes.period} data-testid="period-skeleton">
      <span className={prose.unseen}>{t("loadingPeriod")}</span>
      <p className={print.printOnly}>{t("printedTooSoon")}</p>
      <div className={`${classes.glance} ${print.screenOnly}`}>
        <div className={frame.frame}>
          <Skeleton className={layout.belowXl} height={24} width="45%" />
          <Skeleton className={layout.belowXs} height={40} />
          <Skeleton height={380} />
          <Skeleton className={layout.aboveXs} height={44} />
          <Skeleton className={layout.aboveXs} height={56} />
        </div>
        <div className={frame.frame}>
          <Skeleton className={layout.belowMd} height={24} width="45%" />
          <Skeleton className={layout.belowMd} height={28} />
          {rows.map((row) => (
            <Skeleton className={layout.belowSm} key={row} height={20} />
          ))}
        </div>
      </div>
      <div className={`${frame.frame} ${print.screenOnly}`}>
        <Skeleton className={layout.belowMd} height={24} width="20%" />
        <Skeleton height={56} />
      </div>
    </div>
  );
}
