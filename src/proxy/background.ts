import { listKeptDays } from "#contract/lookups.ts";
import { reportsKeptHours } from "#contract/reports-limits.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { keepAudit } from "./audit/retention.ts";
import { forgetEndedLinks } from "./health-links/forget-ended.ts";
import { keepJobs } from "./jobs/keep-jobs.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { refreshStatuses } from "./roster/refresh-statuses.ts";
import type { Services } from "./services.ts";
import { keepStandingOrders } from "./submissions/standing.ts";

/** What runs by itself until `signal` aborts. */
export function startBackgroundWork(
  services: Services,
  { config, database, now, steadyMs, clockSpeed, log }: ProxyOptions,
  signal: AbortSignal,
) {
  const { patients, statuses, roster, chain, runner, lists, reports, healthLinks } = services;
  const { statusRefreshesPerSecond: perSecond, auditKeepDays: keepDays } = config;
  runner.wake();
  const refreshing =
    perSecond > 0
      ? refreshStatuses({ patients, statuses, roster, now, steadyMs, clockSpeed, log, perSecond, signal })
      : null;
  const pruning =
    keepDays === null ? null : keepAudit({ database, chain, keepDays, now, steadyMs, log, signal });
  const forgetting = [
    keepJobs(lists, { keptMs: listKeptDays * dayMs, everyMs: hourMs, now, log, signal }),
    keepJobs(reports, { keptMs: reportsKeptHours * hourMs, everyMs: minuteMs, now, log, signal }),
    forgetEndedLinks(healthLinks, { log, signal }),
    keepStandingOrders({ ...services, orders: services.standingOrders, now }, { log, signal }),
  ];
  return {
    /** Once what was under way with the platform is through. */
    drained: async () => {
      await Promise.all([runner.stop(), refreshing]);
    },
    ended: async () => {
      await Promise.all([pruning, ...forgetting]);
    },
  };
}
