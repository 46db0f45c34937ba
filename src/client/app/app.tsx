import { Suspense } from "react";
import { BrowserRouter, useLocation } from "react-router";
import { useReadAhead } from "./read-ahead.ts";
import { RouteBoundary } from "./route-error.tsx";
import { Pages } from "./router.tsx";

/** All that is there for somebody who is signed in. */
export function App() {
  return (
    <BrowserRouter>
      <Bounded />
    </BrowserRouter>
  );
}

function Bounded() {
  useReadAhead();
  return (
    <RouteBoundary location={useLocation()}>
      {/* A page that is being fetched leaves the one before it standing: the router changes pages in transitions. */}
      <Suspense>
        <Pages />
      </Suspense>
    </RouteBoundary>
  );
}
