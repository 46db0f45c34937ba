import { type Context, Hono } from "hono";
import { contractHeader, contractVersion } from "#contract/version.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { createRecordReader } from "../fhir/record-reader.ts";
import { createCommonHeaders } from "../http/common-headers.ts";
import { createLimitBodies } from "../http/limit-bodies.ts";
import { limitTime } from "../http/limit-time.ts";
import { refuseOtherOrigins } from "../http/own-origin.ts";
import { createOnError } from "../http/problems.ts";
import { refuseOtherMethods } from "../http/refuse-methods.ts";
import { securityHeadersOf } from "../http/security-headers.ts";
import { createObserveRequests } from "../observe/requests.ts";
import { createMetricsRoute } from "../observe/routes.ts";
import type { ProxyOptions } from "../proxy-options.ts";
import type { Services } from "../services.ts";
import { createAboutRoute } from "./about.ts";
import { createAccountRoutes } from "./account.ts";
import { createApiDocumentRoute } from "./api-document/route.ts";
import { createApiKeyRoutes, createExchangeRoutes } from "./api-keys.ts";
import { createAppointmentRoutes } from "./appointments.ts";
import { createAuditRoutes } from "./audit.ts";
import { createBrandFiles, createBrandRoute } from "./brand.ts";
import { createCasePdfRoute } from "./case-pdf.ts";
import { createCaseRoutes } from "./cases.ts";
import { createDeviceCasesRoute } from "./cases-about.ts";
import { createDeviceWorklistRoutes } from "./device-worklist.ts";
import { createDeviceRoutes } from "./devices.ts";
import { createEmbedTokenRoutes } from "./embed-tokens.ts";
import { createEmbeddedRoutes } from "./embedded.ts";
import { createFhirRoutes, createPatientFhirRoute } from "./fhir.ts";
import { createFleetRoutes } from "./fleet.ts";
import { createHealthRoutes } from "./health.ts";
import { createHealthLinkRoutes } from "./health-links.ts";
import { createImportRoutes } from "./imports.ts";
import { createInvitationRoutes } from "./invitations.ts";

import { createLaunchIssuerRoutes } from "./launch-issuers.ts";
import { createLaunchRoutes } from "./launches.ts";
import { createLookupRoutes } from "./lookups.ts";

import { createWearersRoute } from "./patient-sensors.ts";

import { createPatientRoutes } from "./patients.ts";
import { createDeviceRecallRoutes, createRecallRoutes } from "./recalls.ts";
import { createKeySetRoute, createReceiverRoutes } from "./receivers.ts";
import { createReportRoutes } from "./reports.ts";
import { createSavedViewRoutes } from "./saved-views.ts";
import { createSecurityText } from "./security-text.ts";
import { createSharedLinkRoutes } from "./shared-links.ts";
import { createStaffRoutes } from "./staff.ts";
import { createStageRoutes } from "./stage.ts";
import { createSubmissionRoutes } from "./submissions.ts";
import { createWardChoiceRoutes } from "./ward-choice.ts";
import { createWorklistLimitRoutes } from "./worklist-limits.ts";

/**
 * A return from the identity provider is a GET and may change who someone is; of
 * sign-in's addresses, this alone only looks.
 */
const sessionPath = "/api/auth/get-session";

const changesNothing = ({ req }: Context): boolean =>
  req.method === "GET" && (!req.path.startsWith("/api/auth/") || req.path === sessionPath);

/** The addresses of the server, and what every request passes on its way to them. */
export async function mountRoutes(
  services: Services,
  options: ProxyOptions,
  stopping: AbortSignal,
): Promise<Hono<AppEnv>> {
  const { config, now } = options;
  const app = new Hono<AppEnv>();
  await mountMiddleware(app, services, options);
  app.route("/api/auth", services.signInRoutes);
  mountApi(app, services, options, stopping);
  app.route("/api/openapi.json", createApiDocumentRoute(app, config.publicUrl));
  app.route("/", createHealthRoutes({ ...services, stopping, log: options.log }));
  app.route("/", createBrandFiles(options.brand ?? null));
  app.route("/", createMetricsRoute(services.metrics, config.metricsToken));
  app.route("/", createSecurityText(config.securityContact, now));
  app.route("/", createKeySetRoute(services.receivers, services.launchIssuers));
  app.notFound(() => {
    throw new Failure("not-found", { detail: "There is nothing at this address." });
  });
  return app;
}

async function mountMiddleware(
  app: Hono<AppEnv>,
  { metrics, isOwnOrigin, brief }: Services,
  { config, log }: ProxyOptions,
): Promise<void> {
  app.onError(createOnError(log));
  app.use(createObserveRequests({ log, metrics }));
  app.use(createCommonHeaders(await securityHeadersOf(config.publicUrl)));
  app.use(function identifyRequest(c, next) {
    c.set("requestId", c.env.requestId);
    c.set("clientAddress", c.env.clientAddress);
    return next();
  });
  app.use(refuseOtherMethods);
  for (const path of ["/api/*", "/fhir/*"])
    app.use(path, createLimitBodies(), refuseOtherOrigins(isOwnOrigin), limitTime(log));
  // Whoever has a link may be on any site.
  app.use("/shl/*", createLimitBodies(), limitTime(log));
  app.use("/api/*", function forgetAroundChanges(c, next) {
    if (changesNothing(c)) return next();
    // Nothing is changed by what was so half a second ago, and everything afterwards knows of the change.
    brief.forget();
    return next().finally(brief.forget);
  });
}

function mountApi(app: Hono<AppEnv>, services: Services, options: ProxyOptions, stopping: AbortSignal): void {
  const { config, database, now, clockSpeed } = options;
  const { staff, chain } = services;
  const { fingerprint } = chain;
  // Whether a server is there, and who is signed in, a page of another contract may ask as well.
  app.route("/api/about", createAboutRoute({ ...options, ...services }));
  app.use("/api/*", async function nameContract(c, next) {
    await next();
    if (contractVersion) c.res.headers.set(contractHeader, contractVersion);
  });
  app.route(
    "/api/patients",
    createPatientRoutes({ ...services, fingerprint, now, strangersAmong: staff.strangersAmong }),
  );
  app.route("/api/devices", createWearersRoute({ ...services, fingerprint, now }));
  app.route("/api/devices", createDeviceRoutes({ ...services, now }));
  app.route("/api/devices", createDeviceRecallRoutes(services));
  app.route("/api/devices", createDeviceCasesRoute({ ...services, ...config }));
  app.route("/api/cases", createCaseRoutes({ ...services, ...config, fingerprint, now }));
  app.route("/api/cases", createCasePdfRoute({ ...services, ...config, fingerprint, now }));
  app.route("/api/fleet", createFleetRoutes({ ...services, now }));
  app.route("/api/worklist/devices", createDeviceWorklistRoutes({ ...services, fingerprint, now }));
  app.route("/api/imports", createImportRoutes({ ...services, now, clockSpeed }));
  app.route("/api/recalls", createRecallRoutes({ ...services, log: options.log, now }));
  app.route("/api/look-ups", createLookupRoutes({ ...services, now, clockSpeed }));
  app.route("/api/reports", createReportRoutes({ ...services, now, clockSpeed }));
  app.route("/api/staff", createStaffRoutes({ ...services, config }));
  app.route("/api/invitations", createInvitationRoutes({ ...services, config }));
  app.route("/api/keys", createApiKeyRoutes(services));
  app.route("/api/exchange", createExchangeRoutes({ ...services, now }));
  app.route("/api/worklist/limits", createWorklistLimitRoutes({ ...services, now }));
  app.route(
    "/api/brand",
    createBrandRoute(options.brand ?? null, options.hasBrandChanged ?? (() => false), services.requireRole),
  );
  app.route("/api/audit", createAuditRoutes({ ...services, db: database.db, now }));
  app.route("/api/account", createAccountRoutes({ ...services, config }));
  app.route("/api/account/views", createSavedViewRoutes({ ...services, fingerprint }));
  app.route("/api/account/appointments", createAppointmentRoutes({ ...services, now }));
  app.route("/api/account/ward", createWardChoiceRoutes(services));
  app.route("/api/patients", createPatientFhirRoute({ ...services, ...config, log: options.log, now }));
  const record = createRecordReader({ ...services, now });
  app.route("/api/patients", createHealthLinkRoutes({ ...services, ...config, record, now }));
  app.route("/api/patients", createSubmissionRoutes({ ...services, now }));
  app.route("/api/receivers", createReceiverRoutes({ ...services, ...config, stopping, now }));
  app.route("/api/launch-issuers", createLaunchIssuerRoutes({ ...services, ...config, stopping }));
  app.route("/api/launches", createLaunchRoutes({ ...services, ...config, stopping, now }));
  app.route("/api/embed-tokens", createEmbedTokenRoutes({ ...services, ...config }));
  app.route("/api/embedded", createEmbeddedRoutes({ ...services, now }));
  if (options.isSandbox) {
    const sandboxUrl = config.partner.apiUrl;
    app.route("/api/stage", createStageRoutes({ ...options, ...services, sandboxUrl }));
  }
  app.route("/shl", createSharedLinkRoutes({ ...services, ...config, now }));
  app.route("/fhir", createFhirRoutes({ ...services, ...config, log: options.log, now }));
}
