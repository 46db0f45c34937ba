import "@mantine/core/styles/global.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/VisuallyHidden.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Group.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import "./mantine.css";
import { type MantineColorSchemeManager, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { styleNonce } from "./style-nonce.ts";
import { theme } from "./theme.ts";

/** It shows the scheme that the page has: ui/color-scheme.ts keeps and changes that. */
const shownScheme: MantineColorSchemeManager = {
  get: () => (document.documentElement.dataset.mantineColorScheme === "dark" ? "dark" : "light"),
  set: () => {},
  clear: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
};

/** For pages with choices that can be searched, or of many: those are Mantine's. Its variables are in ui/theme.css. */
export const Mantine = ({ children }: { children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    withCssVariables={false}
    withGlobalClasses={false}
    colorSchemeManager={shownScheme}
    getStyleNonce={styleNonce}
  >
    {children}
  </MantineProvider>
);
