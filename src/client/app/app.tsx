import { MantineProvider } from "@mantine/core";
import { Suspense } from "react";
import { BrowserRouter, useLocation } from "react-router";
import { PaperColours } from "../ui/paper-colours.tsx";
import { styleNonce } from "../ui/style-nonce.ts";
import { theme } from "../ui/theme.ts";
import { useReadAhead } from "./read-ahead.ts";
import { RouteBoundary } from "./route-error.tsx";
import { Pages } from "./router.tsx";

/** All that is there for somebody who is signed in. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      // They are in ui/theme.css.
      withCssVariables={false}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <PaperColours />
      <BrowserRouter>
        <Bounded />
      </BrowserRouter>
    </MantineProvider>
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
