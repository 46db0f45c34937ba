import type { QueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, useEffect } from "react";
import { matchRoutes, Outlet, type RouteObject, useLocation, useRoutes } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import type { Catalog } from "#words/messages.ts";
import { loadCatalogs } from "../i18n.ts";
import { notePlace } from "../place.ts";
import { ForRoles } from "./for-roles.tsx";
import { Home } from "./home.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RouteBoundary } from "./route-error.tsx";
import { Shell } from "./shell.tsx";

type AskForData = (client: QueryClient, id: string, search: URLSearchParams) => void;

/** For what may be needed before it is opened. */
interface Ahead {
  load(): Promise<unknown>;
  ask?: (() => Promise<AskForData>) | undefined;
}

/**
 * A page's code and its words, fetched side by side when it is opened or ahead of
 * that; `ask` asks for what it shows first.
 */
function page(
  path: string,
  catalogs: readonly Catalog[],
  load: () => Promise<ComponentType>,
  ask?: () => Promise<AskForData>,
): RouteObject {
  let loading: Promise<{ default: ComponentType }> | undefined;
  const loadOnce = () => {
    loading ??= Promise.all([load(), loadCatalogs(catalogs)]).then(
      ([Page]) => ({ default: Page }),
      (error) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const Page = lazy(loadOnce);
  const handle: Ahead = { load: loadOnce, ask };
  return { path, element: <Page />, handle };
}

/** A page that fails leaves the header standing. */
const Inside = () => (
  <RouteBoundary location={useLocation()}>
    <Outlet />
  </RouteBoundary>
);

/** For pages outside the app. */
function Leave() {
  useEffect(notePlace, []);
  return null;
}

const routes: RouteObject[] = [
  { path: "/sign-in", element: <Leave /> },
  { path: "/invitation", element: <Leave /> },
  { path: "/health-link", element: <Leave /> },
  { path: "/stage", element: <Leave /> },
  {
    element: <Shell />,
    children: [
      {
        element: <Inside />,
        children: [
          { path: "/", element: <Home /> },
          {
            element: <ForRoles roles={glucoseRoles} />,
            children: [
              page(
                "/patients",
                ["roster", "acts"],
                async () => (await import("./roster-route.tsx")).RosterRoute,
              ),
              page(
                "/appointments",
                ["appointments"],
                async () => (await import("../appointments/appointments-page.tsx")).AppointmentsPage,
              ),
              page(
                "/ward",
                ["ward", "roster", "appointments"],
                async () => (await import("./ward-route.tsx")).WardRoute,
              ),
              page(
                "/launch/return?",
                ["exchange"],
                async () => (await import("../launch/launch-page.tsx")).LaunchPage,
              ),
              page(
                "/patients/new",
                ["onboarding", "identity"],
                async () => (await import("../onboarding/onboarding-page.tsx")).OnboardingPage,
              ),
              page(
                "/patients/:id/record",
                ["record", "identity"],
                async () => (await import("../record/record-page.tsx")).RecordPage,
              ),
              page(
                "/patients/:id/share",
                ["health-links"],
                async () => (await import("../health-links/share-page.tsx")).SharePage,
              ),
              page(
                "/patients/import",
                ["imports"],
                async () => (await import("../imports/start-page.tsx")).StartPage,
              ),
              page(
                "/patients/import/:id",
                ["imports", "identity"],
                async () => (await import("../imports/job-page.tsx")).JobPage,
              ),
              page(
                "/reports/:id?",
                ["patient", "reports"],
                async () => (await import("../reports/reports-page.tsx")).ReportsPage,
              ),
              page(
                "/patients/:id",
                ["patient", "chart", "identity"],
                async () => (await import("./patient-route.tsx")).PatientRoute,
                async () => (await import("./patient-route.tsx")).prefetchPatient,
              ),
            ],
          },
          {
            element: <ForRoles roles={["support", "administrator"]} />,
            children: [
              page(
                "/work",
                ["device", "acts"],
                async () => (await import("../device/work-page.tsx")).WorkPage,
              ),
            ],
          },
          {
            element: <ForRoles roles={["administrator"]} />,
            children: [
              page("/staff", ["staff"], async () => (await import("../staff/staff-page.tsx")).StaffPage),
              page(
                "/exchange",
                ["exchange", "health-links"],
                async () => (await import("../exchange/exchange-page.tsx")).ExchangePage,
              ),
              page("/brand", ["brand"], async () => (await import("../brand/brand-page.tsx")).BrandPage),
              page("/limits", ["limits"], async () => (await import("../limits/limits-page.tsx")).LimitsPage),
              page(
                "/audit",
                ["audit", "identity", "health-links"],
                async () => (await import("../audit/audit-page.tsx")).AuditPage,
              ),
            ],
          },
          page("/fleet", ["fleet"], async () => (await import("../fleet/fleet-page.tsx")).FleetPage),
          page(
            "/devices",
            ["device"],
            async () => (await import("../device/device-search-page.tsx")).DeviceSearchPage,
          ),
          page(
            "/devices/:serial",
            ["device", "chart", "cases", "recalls"],
            async () => (await import("../device/device-page.tsx")).DevicePage,
          ),
          page(
            "/help/sensors",
            ["device"],
            async () => (await import("../device/reference-page.tsx")).ReferencePage,
          ),
          page(
            "/look-ups",
            ["lookups"],
            async () => (await import("../lookups/lookups-page.tsx")).LookupsPage,
          ),
          page("/cases", ["cases"], async () => (await import("../cases/cases-page.tsx")).CasesPage),
          page("/cases/:id", ["cases"], async () => (await import("../cases/case-page.tsx")).CasePage),
          page(
            "/recalls",
            ["recalls"],
            async () => (await import("../recalls/recalls-page.tsx")).RecallsPage,
          ),
          page(
            "/recalls/:id",
            ["recalls"],
            async () => (await import("../recalls/recall-page.tsx")).RecallPage,
          ),
          page(
            "/look-ups/:id",
            ["lookups", "device"],
            async () => (await import("../lookups/list-page.tsx")).ListPage,
          ),
          page(
            "/api-docs",
            ["exchange"],
            async () => (await import("../api-docs/api-docs-page.tsx")).ApiDocsPage,
          ),
          page(
            "/account",
            ["account"],
            async () => (await import("../account/account-page.tsx")).AccountPage,
          ),
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

const matchOf = (pathname: string) => matchRoutes(routes, pathname)?.at(-1);

/** Fetches the code of an address ahead. Whoever opens it hears of a failure. */
export async function prefetchPage(pathname: string): Promise<void> {
  const ahead: Ahead | undefined = matchOf(pathname)?.route.handle;
  await ahead?.load().catch(() => {});
}

/** Asks ahead for what the page of an address shows first. */
export async function prefetchData(
  client: QueryClient,
  { pathname, search }: { pathname: string; search: string },
): Promise<void> {
  const match = matchOf(pathname);
  const ahead: Ahead | undefined = match?.route.handle;
  const ask = await ahead?.ask?.().catch(() => null);
  ask?.(client, match?.params.id ?? "", new URLSearchParams(search));
}

/** The page of the address. */
export const Pages = () => useRoutes(routes);
