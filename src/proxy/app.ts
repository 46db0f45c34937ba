import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { openAPIRouteHandler } from "hono-openapi";
import { sql } from "kysely";
import type { Logger } from "pino";
import { largestImportBytes } from "#contract/import.ts";
import { type About, about } from "#contract/staff.ts";
import { createAnswerAuth } from "./auth/answer-auth.ts";
import { type AppEnv, createRequireRole } from "./auth/guard.ts";
import { createLockOut } from "./auth/lock-out.ts";
import { clientAddressHeader, createStaffAuth, type StaffAuth } from "./auth/staff-auth.ts";
import { Failure } from "./failure.ts";
import { unusable } from "./imports/read-file.ts";
import { createImportRunner, type Wait } from "./imports/run.ts";
import { createIsOwnOrigin } from "./own-origin.ts";
import { createOnError } from "./problems.ts";
import { createLooks } from "./roster/looks.ts";
import { createRoster } from "./roster/roster.ts";
import { makeRounds } from "./roster/rounds.ts";
import { createAccountRoutes } from "./routes/account.ts";
import { createDeviceRoutes } from "./routes/devices.ts";
import { createImportRoutes } from "./routes/imports.ts";
import { describe } from "./routes/openapi.ts";
import { createPatientRoutes, createRegisterPatient, type RegisterPatient } from "./routes/patients.ts";
import { createStaffRoutes } from "./routes/staff.ts";
import { createAudit } from "./store/audit.ts";
import { type Database, migrateTables, oneAtATime } from "./store/database.ts";
import { createImportStore } from "./store/imports.ts";
import { createPatientStore } from "./store/patients.ts";
import { createSensorBook, createServiceUserStore, createTokenStore } from "./store/platform-users.ts";
import { createSealer } from "./store/seal.ts";
import { createSignInGuard } from "./store/sign-in-guard.ts";
import { createPace } from "./vendor/pace.ts";
import { createPlatform } from "./vendor/platform.ts";

export interface ProxyOptions {
  database: Database;
  /** Sessions and sealed tokens depend on it. */
  authSecret: string;
  publicUrl: string;
  partner: { apiUrl: string; appId: string; appSecret: string };
  serviceUid: string;
  /** How the platform is reached; in tests the sandbox's own fetch. */
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  clockSpeed: number;
  /** Sandbox mode: one-click sign-in, and the screen says that its people are invented. */
  sandbox: boolean;
  firstAdministrator: { email: string; password: string } | null;
  /** People are signed out after so many minutes without a hand on the screen. */
  idleSignOutMinutes: number;
  /** Who signs in by password and has no second factor can do nothing but set one up. */
  secondFactorRequired: boolean;
  deviceLookupsPerSecond: number;
  /** How many patients are looked at in a second to keep the roster's filters true; 0 looks at none. */
  roundsPerSecond: number;
  /** How many rows of imported files are registered in a second, all files together. */
  importRowsPerSecond: number;
  /** How an import waits for its next try; real time unless a test says otherwise. */
  importWait?: Wait;
  log: Logger;
}

export interface Proxy {
  /** Answers /api, /healthz and /readyz. `clientAddress` is the peer of the connection. */
  fetch(request: Request, clientAddress?: string): Promise<Response>;
  registerPatient: RegisterPatient;
  /** Ends what runs by itself; resolves when what it had under way is through, and the database may be closed. */
  stop(): Promise<void>;
}

const maxBodyBytes = 100 * 1024;

const limitTo = (maxSize: number, failure: Failure) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw failure;
    },
  });

/** The server without its listening: brings the database up to date and mounts the routes. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const { database, now, log } = options;
  const { db } = database;
  const isOwnOrigin = createIsOwnOrigin(options.publicUrl);
  const lockOut = createLockOut(createSignInGuard(db), options.authSecret);
  const auth = createStaffAuth({
    database,
    secret: options.authSecret,
    publicUrl: options.publicUrl,
    isOwnOrigin,
    demo: options.sandbox,
    lockOut,
    idleMs: options.idleSignOutMinutes * 60_000,
    secondFactorRequired: options.secondFactorRequired,
  });
  await oneAtATime(database, async () => {
    await migrateTables(database);
    await auth.migrate();
    await addFirstAdministrator(auth, options.firstAdministrator);
  });

  const patients = createPatientStore(database);
  const audit = createAudit(db, now);
  const platform = createPlatform({
    baseUrl: options.partner.apiUrl,
    appId: options.partner.appId,
    appSecret: options.partner.appSecret,
    serviceUid: options.serviceUid,
    fetch: options.fetch,
    now,
    log,
    tokens: createTokenStore(db, createSealer(options.authSecret, "platform tokens")),
    serviceUsers: createServiceUserStore(db),
    sensors: createSensorBook(db, now),
  });
  const requireRole = createRequireRole(auth, audit);
  const register = createRegisterPatient(patients, platform, now);
  const looks = createLooks({ patients, platform, now, log });
  const roster = createRoster(patients, now);

  const app = new Hono<AppEnv>();
  app.onError(createOnError(log));
  app.use(secureHeaders({ referrerPolicy: "no-referrer", strictTransportSecurity: false }));
  app.use(async function identifyRequest(c, next) {
    c.set("requestId", randomUUID());
    c.set("clientAddress", c.req.header(clientAddressHeader) ?? "");
    await next();
    c.header("x-request-id", c.get("requestId"));
    c.header("cache-control", "no-store");
  });

  const limitBody = limitTo(
    maxBodyBytes,
    new Failure("invalid-request", { detail: "The body is too large." }),
  );
  const limitFile = limitTo(largestImportBytes, unusable("too-large"));
  app.use("/api/*", function limitBodies(c, next) {
    return (c.req.path === "/api/imports" ? limitFile : limitBody)(c, next);
  });
  const answerAuth = createAnswerAuth({ auth, audit, lockOut });
  app.on(["GET", "POST"], "/api/auth/*", (c) => answerAuth(c.req.raw, c.get("requestId")));
  app.use("/api/*", async function refuseOtherOrigins(c, next) {
    const origin = c.req.header("origin");
    const fromElsewhere = origin !== undefined && !isOwnOrigin(origin, c.req.raw);
    if (c.req.method !== "GET" && fromElsewhere)
      throw new Failure("forbidden", { detail: "Requests from other sites are refused." });
    await next();
  });
  app.get("/api/about", describe("What runs here, and its clock", about), (c) =>
    c.json({
      platform: options.sandbox ? "sandbox" : "partner",
      nowMs: now(),
      clockSpeed: options.clockSpeed,
      idleSignOutMinutes: options.idleSignOutMinutes,
    } satisfies About),
  );
  app.route("/api/patients", createPatientRoutes({ patients, roster, looks, register, requireRole, now }));
  app.route(
    "/api/devices",
    createDeviceRoutes({
      patients,
      platform,
      requireRole,
      now,
      turn: createPace(options.deviceLookupsPerSecond),
    }),
  );
  const imports = createImportStore(database);
  const importRunner = createImportRunner({
    ...{ store: imports, register, audit, now, log },
    turn: createPace(options.importRowsPerSecond),
    wait: options.importWait,
  });
  app.route("/api/imports", createImportRoutes({ imports, runner: importRunner, requireRole, now }));
  app.route("/api/staff", createStaffRoutes(auth, requireRole));
  app.route(
    "/api/account",
    createAccountRoutes({
      auth,
      requireRole,
      requireEnrolling: createRequireRole(auth, audit, { mayEnrol: true }),
      secondFactorRequired: options.secondFactorRequired,
    }),
  );
  const info = { title: "Trendline", version: "1", description: "Sign-in is under /api/auth (better-auth)." };
  app.get("/api/openapi.json", openAPIRouteHandler(app, { documentation: { openapi: "3.1.0", info } }));

  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    await sql`select 1`.execute(db);
    return c.json({ status: "ok" });
  });
  app.notFound(() => {
    throw new Failure("not-found", { detail: "There is nothing at this address." });
  });

  importRunner.wake();
  const stopping = new AbortController();
  if (options.roundsPerSecond > 0)
    void makeRounds({
      patients,
      looks,
      now,
      log,
      perSecond: options.roundsPerSecond,
      signal: stopping.signal,
    });

  return {
    fetch: async (request, clientAddress = "in-process") => {
      const headers = new Headers(request.headers);
      headers.delete("x-forwarded-for");
      headers.set(clientAddressHeader, clientAddress);
      return app.fetch(new Request(request, { headers }));
    },
    registerPatient: register,
    stop: () => {
      stopping.abort();
      return importRunner.stop();
    },
  };
}

async function addFirstAdministrator(auth: StaffAuth, first: ProxyOptions["firstAdministrator"]) {
  if (!first || (await auth.list()).some((member) => member.role === "administrator")) return;
  await auth.add({ ...first, name: first.email, role: "administrator" });
}
