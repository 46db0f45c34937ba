import { Paper, Skeleton, VisuallyHidden } from "@mantine/core";
import { useMessages } from "../i18n.ts";
import print from "../ui/print.module.css";
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
      <VisuallyHidden>{t("loadingPeriod")}</VisuallyHidden>
      <p className={print.printOnly}>{t("printedTooSoon")}</p>
      <div className={`${classes.glance} ${print.screenOnly}`}>
        <Paper withBorder p="md">
          <Skeleton height={24} width="45%" mb="xl" />
          <Skeleton height={40} mb="xs" />
          <Skeleton height={380} />
          <Skeleton height={44} mt="xs" />
          <Skeleton height={56} mt="xs" />
        </Paper>
        <Paper withBorder p="md">
          <Skeleton height={24} width="45%" mb="md" />
          <Skeleton height={28} mb="md" />
          {rows.map((row) => (
            <Skeleton key={row} height={20} mb="sm" />
          ))}
        </Paper>
      </div>
      <Paper withBorder p="md" className={print.screenOnly}>
        <Skeleton height={24} width="20%" mb="md" />
        <Skeleton height={56} />
      </Paper>
    </div>
  );
}
