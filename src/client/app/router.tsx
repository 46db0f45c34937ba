import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { type Catalog, loadCatalogs } from "../i18n.ts";
import { ForRoles } from "./for-roles.tsx";
import { Home } from "./home.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RouteError } from "./route-error.tsx";

/** The words of what stands around and on every page, there before anything is drawn. */
export const frameCatalogs: readonly Catalog[] = ["app", "domain", "ui"];

/** A page's code and its words, fetched side by side. */
const page = (catalogs: readonly Catalog[], load: () => Promise<ComponentType>) => async () => {
  const [Component] = await Promise.all([load(), loadCatalogs(catalogs)]);
  return { Component };
};

export const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      {
        path: "/sign-in",
        lazy: page(["sign-in"], async () => (await import("../sign-in/sign-in-page.tsx")).SignInPage),
      },
      {
        path: "/invitation",
        lazy: page(["sign-in"], async () => (await import("../sign-in/invitation-page.tsx")).InvitationPage),
      },
      {
        lazy: async () => ({ Component: (await import("./shell.tsx")).Shell }),
        children: [
          {
            // A page that fails leaves the header standing.
            ErrorBoundary: RouteError,
            children: [
              { path: "/", Component: Home },
              {
                element: <ForRoles roles={glucoseRoles} />,
                children: [
                  {
                    path: "/patients",
                    lazy: page(
                      ["roster"],
                      async () => (await import("../roster/roster-page.tsx")).RosterPage,
                    ),
                  },
                  {
                    path: "/patients/new",
                    lazy: page(
                      ["onboarding"],
                      async () => (await import("../onboarding/onboarding-page.tsx")).OnboardingPage,
                    ),
                  },
                  {
                    path: "/patients/:id/record",
                    lazy: page(
                      ["record"],
                      async () => (await import("../record/record-page.tsx")).RecordPage,
                    ),
                  },
                  {
                    path: "/patients/import",
                    lazy: page(
                      ["imports"],
                      async () => (await import("../imports/start-page.tsx")).StartPage,
                    ),
                  },
                  {
                    path: "/patients/import/:id",
                    lazy: page(["imports"], async () => (await import("../imports/job-page.tsx")).JobPage),
                  },
                  {
                    path: "/patients/:id",
                    lazy: page(
                      ["patient", "chart"],
                      async () => (await import("./patient-route.tsx")).PatientRoute,
                    ),
                  },
                ],
              },
              {
                element: <ForRoles roles={["administrator"]} />,
                children: [
                  {
                    path: "/staff",
                    lazy: page(["staff"], async () => (await import("../staff/staff-page.tsx")).StaffPage),
                  },
                  {
                    path: "/audit",
                    lazy: page(["audit"], async () => (await import("../audit/audit-page.tsx")).AuditPage),
                  },
                ],
              },
              {
                path: "/devices",
                lazy: page(
                  ["device"],
                  async () => (await import("../device/device-search-page.tsx")).DeviceSearchPage,
                ),
              },
              {
                path: "/devices/:serial",
                lazy: page(
                  ["device", "chart"],
                  async () => (await import("../device/device-page.tsx")).DevicePage,
                ),
              },
              {
                path: "/help/sensors",
                lazy: page(
                  ["device"],
                  async () => (await import("../device/reference-page.tsx")).ReferencePage,
                ),
              },
              {
                path: "/look-ups",
                lazy: page(
                  ["lookups"],
                  async () => (await import("../lookups/lookups-page.tsx")).LookupsPage,
                ),
              },
              {
                path: "/account",
                lazy: page(
                  ["account"],
                  async () => (await import("../account/account-page.tsx")).AccountPage,
                ),
              },
              { path: "*", Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
