import { type CSSVariablesResolver, createTheme } from "@mantine/core";

/** Deep water teal: sober beside the bands' red, green, amber and orange, and none of them. */
const lagoon = [
  "#eaf5f7",
  "#d2e9ed",
  "#a5d3da",
  "#72bac5",
  "#4aa5b2",
  "#2a91a1",
  "#147f91",
  "#0b7285",
  "#085a69",
  "#06434e",
] as const;

/** Greys with a breath of the same teal. Shade 6 carries secondary text: 4.5:1 on white and on the page. */
const gray = [
  "#f6f9fa",
  "#edf2f4",
  "#e1e8eb",
  "#d0dadf",
  "#b5c2c9",
  "#687780",
  "#55646d",
  "#3f4e57",
  "#2a373f",
  "#17222a",
] as const;

const dark = [
  "#dbe3e7",
  "#bac6cc",
  "#9aa9b1",
  "#85949d",
  "#3c4a53",
  "#2f3b43",
  "#212b32",
  "#172026",
  "#10171c",
  "#0b1014",
] as const;

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: "lagoon",
  primaryShade: { light: 7, dark: 6 },
  colors: { lagoon, gray, dark },
  fontFamily: systemFonts,
  headings: {
    fontFamily: systemFonts,
    fontWeight: "650",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.25" },
      h2: { fontSize: "1.25rem", lineHeight: "1.35" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
});

/** Where Mantine's own choice is too faint for small text. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-text": gray[9],
    "--mantine-color-error": "#b92d40",
    "--page-background": gray[0],
    "--page-line": gray[2],
  },
  dark: {
    "--mantine-color-error": "#f59aa6",
    "--page-background": dark[8],
    "--page-line": dark[5],
  },
});
