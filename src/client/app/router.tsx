import { createBrowserRouter, type RouteObject } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { ForRoles } from "./for-roles.tsx";
import { Home } from "./home.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RouteError } from "./route-error.tsx";

export const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      {
        path: "/sign-in",
        lazy: async () => ({ Component: (await import("../sign-in/sign-in-page.tsx")).SignInPage }),
      },
      {
        path: "/invitation",
        lazy: async () => ({ Component: (await import("../sign-in/invitation-page.tsx")).InvitationPage }),
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
                    lazy: async () => ({ Component: (await import("../roster/roster-page.tsx")).RosterPage }),
                  },
                  {
                    path: "/patients/new",
                    lazy: async () => ({
                      Component: (await import("../onboarding/onboarding-page.tsx")).OnboardingPage,
                    }),
                  },
                  {
                    path: "/patients/:id/record",
                    lazy: async () => ({ Component: (await import("../record/record-page.tsx")).RecordPage }),
                  },
                  {
                    path: "/patients/import",
                    lazy: async () => ({ Component: (await import("../imports/start-page.tsx")).StartPage }),
                  },
                  {
                    path: "/patients/import/:id",
                    lazy: async () => ({ Component: (await import("../imports/job-page.tsx")).JobPage }),
                  },
                  {
                    path: "/patients/:id",
                    lazy: async () => ({
                      Component: (await import("./patient-route.tsx")).PatientRoute,
                    }),
                  },
                ],
              },
              {
                element: <ForRoles roles={["administrator"]} />,
                children: [
                  {
                    path: "/staff",
                    lazy: async () => ({ Component: (await import("../staff/staff-page.tsx")).StaffPage }),
                  },
                  {
                    path: "/audit",
                    lazy: async () => ({ Component: (await import("../audit/audit-page.tsx")).AuditPage }),
                  },
                ],
              },
              {
                path: "/devices",
                lazy: async () => ({
                  Component: (await import("../device/device-search-page.tsx")).DeviceSearchPage,
                }),
              },
              {
                path: "/devices/:serial",
                lazy: async () => ({ Component: (await import("../device/device-page.tsx")).DevicePage }),
              },
              {
                path: "/help/sensors",
                lazy: async () => ({
                  Component: (await import("../device/reference-page.tsx")).ReferencePage,
                }),
              },
              {
                path: "/look-ups",
                lazy: async () => ({ Component: (await import("../lookups/lookups-page.tsx")).LookupsPage }),
              },
              {
                path: "/account",
                lazy: async () => ({ Component: (await import("../account/account-page.tsx")).AccountPage }),
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
