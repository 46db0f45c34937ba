import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import type { DataRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { leaveComposingAlone } from "../composition.ts";
import { Announcer } from "../ui/announcer.tsx";
import { keepFocus } from "../ui/keep-focus.ts";
import { PaperColours } from "../ui/paper-colours.tsx";
import { styleNonce } from "../ui/style-nonce.ts";
import { cssVariables, theme } from "../ui/theme.ts";

/** The whole client, given its cache and its router (a memory router in tests). */
export function App({ queryClient, router }: { queryClient: QueryClient; router: DataRouter }) {
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
        <RouterProvider router={router} />
        <Announcer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
