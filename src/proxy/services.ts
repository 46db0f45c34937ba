import { createAuditChain } from "./audit/chain.ts";
import { countRefusals } from "./audit/count-refusals.ts";
import { createAudit } from "./audit/write.ts";
import { createApiKeys } from "./auth/api-keys.ts";
import { createAuth } from "./auth/create-auth.ts";
import { createRequirePass } from "./auth/embed-guard.ts";
import { createEmbeds } from "./auth/embeds.ts";
import { createRequireRole } from "./auth/guard.ts";
import { scrypt } from "./auth/library-options.ts";
import { createResign } from "./auth/secrets.ts";
import { ownName } from "./brand/brand.ts";
import { letterheadOf } from "./brand/letterhead.ts";
import { type BriefCaches, createBriefCaches } from "./brief-cache.ts";
import { createRecordReader } from "./fhir/record-reader.ts";
import { createLimitReads } from "./http/limit-reads.ts";
import { createIsOwnOrigin } from "./http/own-origin.ts";
import { createRegisterRow } from "./imports/register-row.ts";
import { createJobRunner } from "./jobs/run.ts";
import { createSharedRunner } from "./jobs/shared-run.ts";
import { createLookUpRow } from "./lookups/look-up-row.ts";
import { countRows, countSignIns } from "./observe/counted.ts";
import { createMetrics } from "./observe/metrics.ts";
import { createObserveCalls } from "./observe/platform-calls.ts";
import { createPlatform } from "./platform/platform.ts";
import { createRateLimiter } from "./platform/rate-limiter.ts";
import { prepare } from "./prepare.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { createMakeReport, isOutage } from "./reports/make-report.ts";
import { createReadPeriod } from "./reports/read-period.ts";
import { createStatusReader } from "./roster/patient-status.ts";
import { createRegisterPatient } from "./roster/register-patient.ts";
import { createRoster } from "./roster/roster.ts";
import { createApiKeyStore } from "./store/api-keys.ts";
import { createAppointmentStore } from "./store/appointments.ts";
import { createDaySummaryStore } from "./store/day-summaries.ts";
import { createDeviceActs } from "./store/device-acts.ts";
import { createEmbedOpenings } from "./store/embed-openings.ts";
import { createExchangeStore } from "./store/exchange.ts";
import { createFleetStore } from "./store/fleet.ts";
import { createHealthLinkStore } from "./store/health-links.ts";
import { createImportStore } from "./store/imports.ts";
import { createInvitationStore } from "./store/invitations.ts";
import { isAnyJobRunning } from "./store/jobs.ts";
import { createLaunchIssuerStore } from "./store/launch-issuers.ts";
import { createLaunchStore } from "./store/launches.ts";
import { createLock } from "./store/lock.ts";
import { createLookupStore } from "./store/lookups.ts";
import { createPatientNoteStore } from "./store/patient-notes.ts";
import { createPatientStore } from "./store/patients.ts";
import { createRegisteredUsers, createSensorBook, createTokenStore } from "./store/platform-users.ts";
import { createReadiness } from "./store/readiness.ts";
import { createRecallStore } from "./store/recalls.ts";
import { createReceiverStore } from "./store/receivers.ts";
import { createReportStore } from "./store/reports.ts";
import { createSavedViewStore } from "./store/saved-views.ts";
import { createSealer } from "./store/seal.ts";
import { createSensorCaseStore } from "./store/sensor-cases.ts";
import { createSensorStore } from "./store/sensors.ts";
import { createStaffStore } from "./store/staff.ts";
import { createStandingOrderStore } from "./store/standing-orders.ts";
import { createSubmissionStore } from "./store/submissions.ts";
import { createWardChoiceStore } from "./store/ward-choices.ts";
import { createWorklistActs } from "./store/worklist-acts.ts";
import { createLimitsStore } from "./store/worklist-limits.ts";
import { createSubmissionRunner, isAnyToSend } from "./submissions/run.ts";

/**
 * Everything that the routes and the background work share, on a database that has been brought up to date.
 */
export async function createServices(options: ProxyOptions) {
  const { metrics = createMetrics() } = options;
  const brief = createBriefCaches();
  const staff = await createStaffServices(options, metrics, brief);
  const patients = createPatientServices(options, metrics, { ...staff, brief });
  const { now, clockSpeed, log, importWait: wait, database } = options;
  const imports = countRows(patients.imports, metrics);
  const { lists, platform, register, reports, sensors } = patients;
  const { audit } = staff;
  const limitLookups = createRateLimiter(options.config.deviceLookupsPerSecond);
  const limitRegistrations = createRateLimiter(options.config.importRowsPerSecond);
  const registerRow = createRegisterRow({ store: imports, register, audit, now });
  const lookUpRow = createLookUpRow({
    store: lists,
    sensors,
    patients: patients.patients,
    platform,
    audit,
    limitRate: limitLookups,
    now,
  });
  const makeReport = createMakeReport({
    store: reports,
    patients: patients.patients,
    readPeriod: patients.readWholePeriod,
    audit,
    now,
  });
  const submissions = createSubmissionStore(database, staff.exchangeSealer, now);
  const receivers = createReceiverStore(database, staff.exchangeSealer, now);
  const toSend = {
    ...staff,
    ...patients,
    submissions,
    receivers,
    record: createRecordReader({ ...patients, now }),
    readPeriod: patients.readWholePeriod,
    now,
    clockSpeed,
    log,
  };
  const runner = await createSharedRunner(database, {
    createRunners: () => [
      createJobRunner({
        store: imports,
        act: registerRow,
        limitRate: limitRegistrations,
        now,
        clockSpeed,
        log,
        wait,
      }),
      createJobRunner({ store: lists, act: lookUpRow, limitRate: limitLookups, now, clockSpeed, log, wait }),
      createJobRunner({
        store: reports,
        act: makeReport,
        isWaitedOut: isOutage,
        // The platform's own queue lets people go first.
        limitRate: async () => {},
        now,
        clockSpeed,
        log,
        wait,
      }),
      createSubmissionRunner(toSend),
    ],
    isAnyRunning: async () => (await isAnyJobRunning(database.db)) || (await isAnyToSend(toSend)),
    log,
  });
  return {
    ...staff,
    ...patients,
    metrics,
    brief,
    submissions,
    receivers,
    launchIssuers: createLaunchIssuerStore(database, staff.exchangeSealer, now),
    launches: createLaunchStore(database, now),
    standingOrders: createStandingOrderStore(database, now),
    runner,
    limitLookups,
    readiness: createReadiness(database),
    close: async () => {
      await staff.flushAudit();
      await runner.close();
      await staff.closeLock();
    },
  };
}

export type Services = Awaited<ReturnType<typeof createServices>>;
type Metrics = ReturnType<typeof createMetrics>;

/** Who may come in, and the trail of what they do. */
async function createStaffServices(options: ProxyOptions, metrics: Metrics, brief: BriefCaches) {
  const { config, database, now, log } = options;
  const { authSecret, previousAuthSecrets } = config;
  const steadyMs = options.realSteadyMs ?? performanceMs;
  const chain = createAuditChain([authSecret, ...previousAuthSecrets]);
  const refusals = countRefusals(createAudit(database, chain, now, options.steadyMs), log);
  const audit = countSignIns(refusals.audit, metrics);
  const staff = createStaffStore(database);
  const isOwnOrigin = createIsOwnOrigin(config.publicUrl);
  const { withLock, close: closeLock } = createLock(database);
  const access = createAuth({
    config,
    productName: options.brand?.name ?? ownName,
    isSandbox: options.isSandbox,
    database,
    isOwnOrigin,
    staff,
    audit,
    withLock,
    passwords: options.passwords,
    brief,
    now,
    steadyMs,
    log,
  });
  const { auth, refuseGuessable } = access;
  const keyStore = createApiKeyStore(database, now);
  const exchange = createExchangeStore(database);
  const apiKeys = createApiKeys({ store: keyStore, exchange, brief, now, steadyMs });
  const guard = { auth, apiKeys, audit };
  const embeds = createEmbeds({
    sealer: createSealer(authSecret, "embedded views", previousAuthSecrets),
    apiKeys,
    openings: createEmbedOpenings(database, now),
    embedOrigins: config.embedOrigins,
    now,
    steadyMs,
  });
  const sealer = createSealer(authSecret, "platform tokens", previousAuthSecrets);
  const noteSealer = createSealer(authSecret, "notes", previousAuthSecrets);
  const caseSealer = createSealer(authSecret, "cases", previousAuthSecrets);
  const exchangeSealer = createSealer(authSecret, "exchange", previousAuthSecrets);
  await prepare({
    config,
    database,
    auth,
    refuseGuessable,
    chain,
    sealer,
    noteSealer,
    caseSealer,
    exchangeSealer,
    audit,
    nowMs: now(),
    log,
  });
  return {
    ...access,
    staff,
    audit,
    chain,
    sealer,
    noteSealer,
    caseSealer,
    exchangeSealer,
    isOwnOrigin,
    invitations: createInvitationStore(database, now),
    healthLinks: createHealthLinkStore(database, now),
    ticketSealer: createSealer(authSecret, "health link files", previousAuthSecrets),
    passwords: options.passwords ?? scrypt,
    savedViews: createSavedViewStore(database, now),
    wardChoices: createWardChoiceStore(database),
    appointments: createAppointmentStore(database, now),
    keyStore,
    exchange,
    requireRole: createRequireRole(guard),
    /** Programs alone. */
    requireKey: createRequireRole(guard, { keysOnly: true }),
    embeds,
    requirePass: createRequirePass({ embeds, audit }),
    /** Lets those in who must set up a second factor first. */
    requireEnrolling: createRequireRole(guard, { mayEnrol: true }),
    resign: createResign(authSecret, previousAuthSecrets),
    withLock,
    closeLock,
    flushAudit: refusals.flush,
  };
}

const performanceMs = () => performance.now();

/** The patients, and the platform that has their readings. */
function createPatientServices(
  options: ProxyOptions,
  metrics: Metrics,
  {
    sealer,
    noteSealer,
    caseSealer,
    withLock,
    brief,
  }: Awaited<ReturnType<typeof createStaffServices>> & { brief: BriefCaches },
) {
  const { config, database, now, steadyMs, log } = options;
  const platform = createPlatform({
    baseUrl: config.partner.apiUrl,
    appId: config.partner.appId,
    appSecret: config.partner.appSecret,
    serviceUid: config.serviceUid,
    callsPerSecond: config.platformCallsPerSecond,
    fetch: options.fetch,
    retryPauseMs: options.retryPauseMs,
    observe: createObserveCalls(metrics),
    now,
    steadyMs,
    realSteadyMs: options.realSteadyMs ?? performanceMs,
    log,
    tokens: createTokenStore(database.db, sealer),
    registered: createRegisteredUsers(database.db),
    sensors: createSensorBook(database.db, now),
    withLock,
  });
  metrics.watchPlatform(() => platform.health().answering);
  const { authSecret, previousAuthSecrets } = config;
  const glucoseSealer = createSealer(authSecret, "glucose", previousAuthSecrets);
  const patients = createPatientStore(database, glucoseSealer);
  const limits = createLimitsStore(database);
  const summaries = createDaySummaryStore(database.db, glucoseSealer);
  const sensors = createSensorStore(database.db, now);
  metrics.watchRefresh(async () => {
    const { oldestDueMs } = await patients.checksDue();
    return oldestDueMs === null ? 0 : Math.max(0, now() - oldestDueMs) / 1000;
  });
  const statuses = createStatusReader({
    patients,
    summaries,
    sensors,
    limits,
    platform,
    brief,
    now,
    steadyMs,
    log,
  });
  return {
    letterhead: letterheadOf(options.brand ?? null),
    platform,
    patients,
    imports: createImportStore(database),
    lists: createLookupStore(database),
    recalls: createRecallStore(database),
    register: createRegisterPatient(patients, platform, withLock, now),
    statuses,
    reports: createReportStore(database, createSealer(authSecret, "reports", previousAuthSecrets)),
    readPeriod: createReadPeriod({ statuses, platform, now, log }),
    readWholePeriod: createReadPeriod({ statuses, platform, now, log, isWhole: true }),
    limits,
    sensors,
    fleet: createFleetStore(database),
    roster: createRoster(patients, limits, now),
    acts: createWorklistActs(database),
    deviceActs: createDeviceActs(database),
    notes: createPatientNoteStore(database, noteSealer),
    cases: createSensorCaseStore(database, caseSealer),
    limitReads: createLimitReads(),
  };
}
