import { type ComponentType, lazy } from "react";
import { matchRoutes, Outlet, type RouteObject, useLocation, useRoutes } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { type Catalog, loadCatalogs } from "../i18n.ts";
import { ForRoles } from "./for-roles.tsx";
import { Home } from "./home.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RouteBoundary } from "./route-error.tsx";

/** The words of what stands around and on every page, there before anything is drawn. */
export const frameCatalogs: readonly Catalog[] = ["app", "domain", "ui"];

/** What is fetched when it is opened; `handle` fetches it ahead. */
function fetched(load: () => Promise<ComponentType>) {
  const Page = lazy(async () => ({ default: await load() }));
  return { element: <Page />, handle: load };
}

/** A page's code and its words, fetched side by side. */
const page = (
  path: string,
  catalogs: readonly Catalog[],
  load: () => Promise<ComponentType>,
): RouteObject => ({
  path,
  ...fetched(async () => (await Promise.all([load(), loadCatalogs(catalogs)]))[0]),
});

/** A page that fails leaves the header standing. */
const Inside = () => (
  <RouteBoundary location={useLocation()}>
    <Outlet />
  </RouteBoundary>
);

const routes: RouteObject[] = [
  page("/sign-in", ["sign-in"], async () => (await import("../sign-in/sign-in-page.tsx")).SignInPage),
  page(
    "/invitation",
    ["sign-in"],
    async () => (await import("../sign-in/invitation-page.tsx")).InvitationPage,
  ),
  {
    ...fetched(async () => (await import("./shell.tsx")).Shell),
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
                ["roster"],
                async () => (await import("../roster/roster-page.tsx")).RosterPage,
              ),
              page(
                "/patients/new",
                ["onboarding"],
                async () => (await import("../onboarding/onboarding-page.tsx")).OnboardingPage,
              ),
              page(
                "/patients/:id/record",
                ["record"],
                async () => (await import("../record/record-page.tsx")).RecordPage,
              ),
              page(
                "/patients/import",
                ["imports"],
                async () => (await import("../imports/start-page.tsx")).StartPage,
              ),
              page(
                "/patients/import/:id",
                ["imports"],
                async () => (await import("../imports/job-page.tsx")).JobPage,
              ),
              page(
                "/patients/:id",
                ["patient", "chart"],
                async () => (await import("./patient-route.tsx")).PatientRoute,
              ),
            ],
          },
          {
            element: <ForRoles roles={["administrator"]} />,
            children: [
              page("/staff", ["staff"], async () => (await import("../staff/staff-page.tsx")).StaffPage),
              page("/audit", ["audit"], async () => (await import("../audit/audit-page.tsx")).AuditPage),
            ],
          },
          page(
            "/devices",
            ["device"],
            async () => (await import("../device/device-search-page.tsx")).DeviceSearchPage,
          ),
          page(
            "/devices/:serial",
            ["device", "chart"],
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

/** Begins to fetch the page of an address while what comes before it is still on its way. */
export function prefetchPage(pathname: string): void {
  for (const { route } of matchRoutes(routes, pathname) ?? []) {
    const load: (() => Promise<unknown>) | undefined = route.handle;
    // Whoever opens it hears of a failure.
    load?.().catch(() => {});
  }
}

/** The page of the address. */
export const Pages = () => useRoutes(routes);
