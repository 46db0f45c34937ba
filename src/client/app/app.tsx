import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { useLocation } from "react-router";
import { leaveComposingAlone } from "../composition.ts";
import { Announcer } from "../ui/announcer.tsx";
import { keepFocus } from "../ui/keep-focus.ts";
import { PaperColours } from "../ui/paper-colours.tsx";
import { styleNonce } from "../ui/style-nonce.ts";
import { cssVariables, theme } from "../ui/theme.ts";
import { RouteBoundary } from "./route-error.tsx";
import { Pages } from "./router.tsx";

/** The whole client, given its cache, inside a router (a memory router in tests). */
export function App({ queryClient }: { queryClient: QueryClient }) {
  const location = useLocation();
  useEffect(leaveComposingAlone, []);
  useEffect(keepFocus, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <PaperColours />
      <QueryClientProvider client={queryClient}>
        <RouteBoundary location={location}>
          {/* A page that is being fetched leaves the one before it standing: the router changes pages in transitions. */}
          <Suspense>
            <Pages />
          </Suspense>
        </RouteBoundary>
        <Announcer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
