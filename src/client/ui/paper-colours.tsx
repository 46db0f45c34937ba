import { defaultCssVariablesResolver, useMantineTheme } from "@mantine/core";
import { styleNonce } from "./style-nonce.ts";
import { cssVariables } from "./theme.ts";

/** Paper is white: whatever scheme the screen has, what is printed takes the light one's colours. */
export function PaperColours() {
  const theme = useMantineTheme();
  const light = { ...defaultCssVariablesResolver(theme).light, ...cssVariables(theme).light };
  const declared = Object.entries(light).map(([name, value]) => `${name}: ${value};`);
  return (
    <style nonce={styleNonce()} media="print">
      {`:root:root[data-mantine-color-scheme] { --mantine-color-scheme: light; color-scheme: light; ${declared.join(" ")} }`}
    </style>
  );
}
