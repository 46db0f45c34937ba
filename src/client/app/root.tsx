import { type QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useDeferredValue, useEffect, useState } from "react";
import { glucoseRoles } from "#contract/staff.ts";
import { aboutQuery } from "../api/about.ts";
import { sessionQuery } from "../api/session.ts";
import { leaveComposingAlone } from "../composition.ts";
import { loadCatalogs } from "../i18n.ts";
import { type Place, replacePlace, usePlace } from "../place.ts";
import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { Announcer } from "../ui/announcer.tsx";
import { keepFocus } from "../ui/keep-focus.ts";
import { RouteBoundary } from "./route-error.tsx";

/**
 * The app's code and words, and those of the page that it opens with: shown one after the other, React
 * would keep the second back for a while.
 */
export async function loadApp() {
  const [{ App }, { prefetchPage }] = await Promise.all([
    import("./app.tsx"),
    import("./router.tsx"),
    loadCatalogs(["app"]),
  ]);
  await prefetchPage(window.location.pathname);
  return { default: App };
}
const App = lazy(loadApp);

/**
 * Asks for what the page of the address shows first, once it is known that whoever is
 * here may see it and what the time is.
 */
export async function askForPage(queryClient: QueryClient): Promise<void> {
  const [{ prefetchData }, session] = await Promise.all([
    import("./router.tsx"),
    queryClient.ensureQueryData(sessionQuery),
    queryClient.ensureQueryData(aboutQuery),
  ]);
  if (session && !session.mustEnrol && glucoseRoles.includes(session.user.role))
    await prefetchData(queryClient, window.location);
}
const Stage = lazy(async () => ({ default: (await import("../stage/stage.tsx")).Stage }));
const OutsidePage = lazy(async () => ({ default: (await import("./outside-page.tsx")).OutsidePage }));

/** Pages of somebody who is not signed in, or need not be. */
export const isOutside = (pathname: string): boolean =>
  ["/sign-in", "/invitation", "/health-link", "/stage"].includes(pathname);

/**
 * The whole client, given its cache: the way in, and once somebody is
 * signed in the app, which is fetched then.
 */
export function Root({ queryClient }: { queryClient: QueryClient }) {
  useEffect(leaveComposingAlone, []);
  useEffect(keepFocus, []);
  const place = usePlace();
  return (
    <QueryClientProvider client={queryClient}>
      <RouteBoundary location={place}>
        <Suspense>
          <Way place={place} />
        </Suspense>
      </RouteBoundary>
      <Announcer />
      <Suspense>
        <OnSandbox />
      </Suspense>
    </QueryClientProvider>
  );
}

function OnSandbox() {
  const { data } = useQuery({ ...aboutQuery, enabled: false });
  return data?.platform === "sandbox" && <Stage />;
}

function Way({ place }: { place: Place }) {
  const { data: session, error } = useQuery(sessionQuery);
  // Whoever is inside is led out by the app itself, which knows why.
  const [isInside, setIsInside] = useState(false);
  // Deferred: what waits for code in its place is shown as soon as that is there.
  const goesIn = useDeferredValue(!isOutside(place.pathname) && (isInside || Boolean(session ?? error)));
  if (goesIn !== isInside) setIsInside(goesIn);
  const isStranger = !isOutside(place.pathname) && !goesIn && session === null;
  useEffect(() => {
    const { pathname, search, hash } = place;
    if (isStranger) replacePlace("/sign-in", { from: pathname + search + hash, ended: false });
  }, [isStranger, place]);
  useEffect(() => {
    if (goesIn) return;
    // Whoever begins to type or to press is about to come in; a failure is heard of then.
    const fetchAhead = () => void loadApp().catch(() => {});
    const events = ["keydown", "pointerdown"] as const;
    for (const name of events) addEventListener(name, fetchAhead, { once: true });
    return () => {
      for (const name of events) removeEventListener(name, fetchAhead);
    };
  }, [goesIn]);
  if (goesIn) return <App />;
  if (place.pathname === "/sign-in") return <SignInPage place={place} />;
  return isOutside(place.pathname) ? <OutsidePage place={place} /> : null;
}
