import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { openAPIRouteHandler } from "hono-openapi";
import type { Logger } from "pino";
import type { Role } from "#contract/staff.ts";
import type { AppEnv } from "./app-env.ts";
import { createAuditChain } from "./audit/chain.ts";
import { countRefusals } from "./audit/count-refusals.ts";
import { keepAudit } from "./audit/retention.ts";
import { createAudit } from "./audit/write.ts";
import { createDoor } from "./auth/door.ts";
import { createRequireRole } from "./auth/guard.ts";
import type { OidcSettings } from "./auth/oidc-settings.ts";
import { createResign } from "./auth/secrets.ts";
import { Failure } from "./failure.ts";
import { createClientAddress } from "./http/client-address.ts";
import { createLimitBodies } from "./http/limit-bodies.ts";
import { createLimitReads } from "./http/limit-reads.ts";
import { limitTime } from "./http/limit-time.ts";
import { createIsOwnOrigin, refuseOtherOrigins } from "./http/own-origin.ts";
import { createOnError } from "./http/problems.ts";
import { refuseOtherMethods } from "./http/refuse-methods.ts";
import { createSecurityHeaders } from "./http/security-headers.ts";
import type { Wait } from "./imports/run.ts";
import { createSharedImportRunner } from "./imports/shared-run.ts";
import { countRows, countSignIns } from "./observe/counted.ts";
import { createMetrics, type Metrics } from "./observe/metrics.ts";
import { createObserveCalls } from "./observe/platform-calls.ts";
import { createObserveRequests } from "./observe/requests.ts";
import { createMetricsRoute } from "./observe/routes.ts";
import { createPlatform } from "./platform/platform.ts";
import { createRateLimiter } from "./platform/rate-limiter.ts";
import { prepare } from "./prepare.ts";
import { createRegisterPatient, type RegisterPatient } from "./register-patient.ts";
import { createStatusReader } from "./roster/patient-status.ts";
import { refreshStatuses } from "./roster/refresh-statuses.ts";
import { createRoster } from "./roster/roster.ts";
import { createAboutRoute } from "./routes/about.ts";
import { createAccountRoutes } from "./routes/account.ts";
import { createAuditRoutes } from "./routes/audit.ts";
import { createDeviceRoutes } from "./routes/devices.ts";
import { createHealthRoutes } from "./routes/health.ts";
import { createImportRoutes } from "./routes/imports.ts";
import { createInvitationRoutes } from "./routes/invitations.ts";
import { createPatientRoutes } from "./routes/patients.ts";
import { createSavedViewRoutes } from "./routes/saved-views.ts";
import { createSecurityText } from "./routes/security-text.ts";
import { createStaffRoutes } from "./routes/staff.ts";
import type { Database } from "./store/database.ts";
import { createImportStore } from "./store/imports.ts";
import { createInvitationStore } from "./store/invitations.ts";
import { createLock } from "./store/lock.ts";
import { createPatientStore } from "./store/patients.ts";
import { createRegisteredUsers, createSensorBook, createTokenStore } from "./store/platform-users.ts";
import { createReadiness } from "./store/readiness.ts";
import { createSavedViewStore } from "./store/saved-views.ts";
import { createSealer } from "./store/seal.ts";
import { createStaffStore } from "./store/staff.ts";

export interface ProxyOptions {
  database: Database;
  /** Sessions and sealed tokens depend on it. */
  authSecret: string;
  /** What they may still be signed and sealed with, newest first. */
  previousAuthSecrets?: readonly string[];
  publicUrl: string;
  partner: { apiUrl: string; appId: string; appSecret: string };
  serviceUid: string;
  /** How the platform is reached; in tests the sandbox's own fetch. */
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /** As fast as `now`, and only ever forwards, whatever becomes of the clock. */
  steadyMs: () => number;
  clockSpeed: number;
  /** Of real time, for sessions and for leaving the platform alone; that of this process unless a test says otherwise. */
  realSteadyMs?: () => number;
  /** Sandbox mode: one-click sign-in, and the screen says that its people are invented. */
  sandbox: boolean;
  firstAdministrator: { email: string; password: string } | null;
  /** Lets the first administrator in again, whatever was lost. */
  resetsFirstAdministrator?: boolean;
  /** The OpenID Connect provider that staff can sign in at. */
  singleSignOn: OidcSettings | null;
  /** How many calls of the platform begin in a second, whoever they are for. */
  platformCallsPerSecond: number;
  /** People are signed out after so many minutes without a hand on the screen. */
  idleSignOutMinutes: number;
  /** Who signs in by password in one of these roles and has no second factor can do nothing but set one up. */
  secondFactorFor: readonly Role[];
  deviceLookupsPerSecond: number;
  /** How many patients' statuses are refreshed in a second in the background; 0: none. */
  statusRefreshesPerSecond: number;
  /** How many rows of imported files are registered in a second, all files together. */
  importRowsPerSecond: number;
  /** How an import waits for its next try; real time unless a test says otherwise. */
  importWait?: Wait;
  /** Addresses and subnets of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies?: readonly string[];
  /** How long the audit trail is kept; null for ever. */
  auditKeepDays: number | null;
  log: Logger;
  /** Shared with whatever else this process counts. */
  metrics?: Metrics;
  /** What a reader of `/metrics` must present; null: there is no such address. */
  metricsToken?: string | null;
  /** Where to report a weakness, for `/.well-known/security.txt`. */
  securityContact?: string | null;
}

export interface Proxy {
  /** Answers /api, /healthz, /readyz, /metrics and /.well-known/security.txt. `clientAddress` is the peer of the connection. */
  fetch(request: Request, clientAddress?: string): Promise<Response>;
  registerPatient: RegisterPatient;
  /** From now on /readyz refuses, and what runs by itself goes to another server; resolves when what was under way is through. */
  drain(): Promise<void>;
  /** Drains; resolves when the database may be closed. Nothing may be asked any more. */
  stop(): Promise<void>;
}

/** The server without its listening: brings the database up to date and mounts the routes. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const { database, now, clockSpeed, log, metrics = createMetrics() } = options;
  const { db } = database;
  const { previousAuthSecrets: previousSecrets = [] } = options;
  const clock = { now, steadyMs: options.steadyMs };
  const realSteadyMs = options.realSteadyMs ?? (() => performance.now());
  const isOwnOrigin = createIsOwnOrigin(options.publicUrl);
  const chain = createAuditChain([options.authSecret, ...previousSecrets]);
  const refusals = countRefusals(createAudit(database, chain, now, clock.steadyMs), log);
  const audit = countSignIns(refusals.audit, metrics);
  const staff = createStaffStore(database);
  const invitations = createInvitationStore(database, now);
  const { secondFactorFor } = options;
  const { auth, lockOut, browserCookie, refuseGuessable, answer } = createDoor({
    ...options,
    ...{ previousSecrets, isOwnOrigin, staff, audit },
    idleMs: options.idleSignOutMinutes * 60_000,
    now,
    steadyMs: realSteadyMs,
  });
  const resign = createResign(options.authSecret, previousSecrets);
  const sealer = createSealer(options.authSecret, "platform tokens", previousSecrets);
  await prepare({
    refuseGuessable,
    ...{ database, auth, chain, sealer, log, nowMs: now(), reseals: previousSecrets.length > 0 },
    firstAdministrator: options.firstAdministrator,
    resetsFirstAdministrator: options.resetsFirstAdministrator ?? false,
    audit,
  });

  const patients = createPatientStore(database);
  const { withLock, close: closeLock } = createLock(database);
  const platform = createPlatform({
    baseUrl: options.partner.apiUrl,
    appId: options.partner.appId,
    appSecret: options.partner.appSecret,
    serviceUid: options.serviceUid,
    callsPerSecond: options.platformCallsPerSecond,
    fetch: options.fetch,
    observe: createObserveCalls(metrics),
    ...clock,
    realSteadyMs,
    log,
    tokens: createTokenStore(db, sealer),
    registered: createRegisteredUsers(db),
    sensors: createSensorBook(db, now),
    withLock,
  });
  metrics.watchPlatform(() => platform.health().answering);
  const requireRole = createRequireRole(auth, audit);
  const register = createRegisterPatient(patients, platform, withLock, now);
  const statuses = createStatusReader({ patients, platform, ...clock, log });
  const roster = createRoster(patients, now);
  const limitReads = createLimitReads();

  const app = new Hono<AppEnv>();
  app.onError(createOnError(log));
  app.use(createObserveRequests({ log, metrics }));
  app.use(createSecurityHeaders({ page: false, publicUrl: options.publicUrl }));
  app.use(async function identifyRequest(c, next) {
    c.set("requestId", c.env.requestId);
    c.set("clientAddress", c.env.clientAddress);
    await next();
    c.header("x-request-id", c.get("requestId"));
    c.header("cache-control", "no-store");
  });

  app.use(refuseOtherMethods);
  app.use("/api/*", createLimitBodies());
  app.use("/api/*", refuseOtherOrigins(isOwnOrigin));
  app.use("/api/*", limitTime(log));
  app.on(["GET", "POST"], "/api/auth/*", (c) => answer(c.req.raw, c.env));
  app.route("/api/about", createAboutRoute({ ...options, platform }));
  const { fingerprint } = chain;
  app.route(
    "/api/patients",
    createPatientRoutes({
      patients,
      roster,
      statuses,
      register,
      requireRole,
      limitReads,
      fingerprint,
      now,
      strangersAmong: staff.strangersAmong,
    }),
  );
  app.route(
    "/api/devices",
    createDeviceRoutes({
      patients,
      platform,
      requireRole,
      limitReads,
      now,
      limitRate: createRateLimiter(options.deviceLookupsPerSecond),
    }),
  );
  const imports = createImportStore(database);
  const importRunner = await createSharedImportRunner(database, {
    ...{ store: countRows(imports, metrics), register, audit, now, clockSpeed, log },
    limitRate: createRateLimiter(options.importRowsPerSecond),
    wait: options.importWait,
  });
  app.route(
    "/api/imports",
    createImportRoutes({ imports, roster, runner: importRunner, requireRole, now, clockSpeed }),
  );
  const { publicUrl } = options;
  const singleSignOn = options.singleSignOn !== null;
  app.route(
    "/api/staff",
    createStaffRoutes({ auth, staff, invitations, requireRole, publicUrl, singleSignOn }),
  );
  app.route(
    "/api/invitations",
    createInvitationRoutes({
      ...{ auth, invitations, requireRole, audit, lockOut, browserCookie, refuseGuessable, publicUrl },
    }),
  );
  app.route("/api/audit", createAuditRoutes({ db, chain, auth, patients, imports, requireRole, now }));
  app.route(
    "/api/account",
    createAccountRoutes({
      auth,
      requireRole,
      requireEnrolling: createRequireRole(auth, audit, { mayEnrol: true }),
      ...{ refuseGuessable, secondFactorFor },
    }),
  );
  app.route(
    "/api/account/views",
    createSavedViewRoutes({ store: createSavedViewStore(database, now), requireRole, fingerprint }),
  );
  const info = { title: "Trendline", version: "1", description: "Sign-in is under /api/auth (better-auth)." };
  app.get("/api/openapi.json", openAPIRouteHandler(app, { documentation: { openapi: "3.1.0", info } }));

  const stopping = new AbortController();
  app.route(
    "/",
    createHealthRoutes({ readiness: createReadiness(database), platform, stopping: stopping.signal, log }),
  );
  app.route("/", createMetricsRoute(metrics, options.metricsToken ?? null));
  app.route("/", createSecurityText(options.securityContact ?? null, now));
  app.notFound(() => {
    throw new Failure("not-found", { detail: "There is nothing at this address." });
  });

  importRunner.wake();
  const refreshing =
    options.statusRefreshesPerSecond > 0
      ? refreshStatuses({
          patients,
          statuses,
          now,
          log,
          perSecond: options.statusRefreshesPerSecond,
          signal: stopping.signal,
        })
      : Promise.resolve();
  const drain = async () => {
    stopping.abort();
    await Promise.all([importRunner.stop(), refreshing]);
  };
  const clientAddressOf = createClientAddress(options.trustedProxies ?? []);

  const { auditKeepDays: keepDays } = options;
  const { signal } = stopping;
  const keeping = keepDays === null ? null : keepAudit({ database, chain, keepDays, now, log, signal });

  return {
    fetch: async (request, peer = "in-process") => {
      const headers = new Headers(request.headers);
      const clientAddress = clientAddressOf(peer, headers.get("x-forwarded-for"));
      headers.delete("x-forwarded-for");
      const cookies = headers.get("cookie");
      if (cookies) headers.set("cookie", resign(cookies));
      const copy = new Request(request, { headers });
      // A TRACE cannot be made, and its copy would be answered as a GET.
      if (copy.method !== request.method) Object.defineProperty(copy, "method", { value: request.method });
      return app.fetch(copy, { requestId: randomUUID(), clientAddress });
    },
    registerPatient: register,
    drain,
    stop: async () => {
      await Promise.all([drain(), keeping]);
      await refusals.flush();
      await importRunner.close();
      await closeLock();
    },
  };
}
