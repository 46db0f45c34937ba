import type { BrandNote, Contrast } from "#contract/brand.ts";
import { colorOf } from "../pdf/drawings.ts";
import { colourAt, contrastOf, differenceOf, hueOf, luminance } from "./colour.ts";

type Variables = Record<string, string>;

export interface Accent {
  /** As `#rrggbb`. */
  given: string;
  light: Variables;
  dark: Variables;
  contrasts: Contrast[];
  notes: Pick<BrandNote, "kind" | "code" | "values">[];
}

/** Trendline's own shades (client/ui/theme.ts): the design is drawn for colours that are so light and so dark. */
export const ownShades = [
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
export const ownAccent = ownShades[7];

/** What accents stand on, as client/ui/theme.css has it. */
const white = "#ffffff";
const lightSurfaces = { page: "#f6f9fa", panel: white, grey: "#edf2f4" };
const darkSurfaces = { page: "#10171c", panel: "#172026", grey: "#212b32" };
/** Where rows and banners are tinted in the dark, and where the initial of a name stands. */
const ownDark = { light: "#032227", lightHover: "#042f37", tint: "#16303a", strongTint: "#1d4750" };

const text = 4.5;
const edge = 3;
/** What a colour loses by being written in whole steps. */
const spare = 0.05;

const mostLuminousOn = (surface: string, ratio: number) =>
  (luminance(surface) + 0.05) / (ratio + spare) - 0.05;
const leastLuminousOn = (surface: string, ratio: number) =>
  (luminance(surface) + 0.05) * (ratio + spare) - 0.05;

/** As luminous as asked for, but for a hue's own colour, which stays where it may. */
function within(accent: string, least: number, most: number): string {
  const own = luminance(accent);
  if (own >= least && own <= most) return accent;
  return colourAt(hueOf(accent), own < least ? least : most);
}

const named = (values: readonly string[]): Variables =>
  Object.fromEntries(values.map((value, index) => [`--mantine-primary-color-${index}`, value]));

/**
 * Ten shades of a colour, and what the design makes of them in both schemes. Each is as luminous as Trendline's own
 * there, so that every contrast is the one that the design was drawn and tested with; the accent itself stays what it is
 * where white on it, and it on all light surfaces, reaches 4.5:1, and is made darker where it does not.
 */
export function accentOf(given: string): Accent {
  const hue = hueOf(given);
  const ownChroma = hueOf(ownAccent).chroma;
  const toned = (own: string, most = 1) =>
    colourAt(
      { angle: hue.angle, chroma: (hue.chroma * hueOf(own).chroma) / ownChroma },
      Math.min(luminance(own), most),
    );
  const tints = ownShades.slice(0, 6).map((own) => toned(own));
  const surfaces = [...Object.values(lightSurfaces), ...tints.slice(0, 1)];
  const filled = within(given, 0, Math.min(...surfaces.map((surface) => mostLuminousOn(surface, text))));
  const darkFilled = within(given, leastLuminousOn(darkSurfaces.grey, edge), mostLuminousOn(white, text));
  const luminous = luminance(filled);
  const isNearBlack = luminous < 0.03;
  // What is pressed has to look otherwise: of a colour that is nearly black it is lighter.
  const hover = toned(ownShades[8], isNearBlack ? 0.05 : luminous * 0.6);
  const darkest = toned(ownShades[9], luminous * 0.4);
  const shades = [...tints, darkFilled, filled, hover, darkest];
  const shade = (index: number) => shades[index] ?? filled;
  const panel = ["#0a6678", "#064450", "#05343e"].map((own, index) =>
    toned(own, luminous * ([1, 0.6, 0.4][index] ?? 1)),
  );
  const both = { ...named(shades), "--brand-panel-text": shade(1) };
  const light: Variables = {
    ...both,
    "--brand-panel": `linear-gradient(160deg, ${panel[0]}, ${panel[1]} 70%, ${panel[2]})`,
    "--mantine-primary-color-filled": filled,
    "--mantine-primary-color-filled-hover": hover,
    "--mantine-primary-color-light": shade(1),
    "--mantine-primary-color-light-hover": shade(2),
    "--mantine-primary-color-light-color": darkest,
    "--mantine-color-anchor": filled,
  };
  const dark: Variables = {
    "--mantine-primary-color-filled": darkFilled,
    "--mantine-primary-color-filled-hover": toned(ownAccent),
    "--mantine-primary-color-light": toned(ownDark.light),
    "--mantine-primary-color-light-hover": toned(ownDark.lightHover),
    "--mantine-primary-color-light-color": shade(0),
    "--mantine-color-anchor": shade(4),
    "--brand-tint": toned(ownDark.tint),
    "--brand-strong-tint": toned(ownDark.strongTint),
  };
  return {
    given,
    light,
    dark,
    contrasts: contrastsOf(light, dark, panel[0] ?? filled, shades),
    notes: [
      ...(filled === given ? [] : [correction(given, filled, surfaces)]),
      ...likeRanges([given, filled, darkFilled]),
    ],
  };
}

function correction(
  given: string,
  used: string,
  surfaces: readonly string[],
): Pick<BrandNote, "kind" | "code" | "values"> {
  const lowest = Math.min(...surfaces.map((surface) => contrastOf(given, surface)));
  return {
    kind: "corrected",
    code: "corrected",
    values: { given, used, ratio: rounded(lowest), needed: text },
  };
}

const ranges = ["very-low", "low", "in-range", "high", "very-high"] as const;
/** Nearer than that, one is taken for the other where they do not stand side by side. */
const alike = 0.09;

function likeRanges(used: readonly string[]): Pick<BrandNote, "kind" | "code" | "values">[] {
  const near = ranges.filter((band) => used.some((one) => differenceOf(one, colorOf[band]) < alike));
  return near.map((band) => ({ kind: "advice", code: "like-a-range", values: { band } }));
}

/** Never rounded up to what is needed. */
const rounded = (ratio: number): number => Math.floor(ratio * 10) / 10;

function contrastsOf(
  light: Variables,
  dark: Variables,
  panel: string,
  shades: readonly string[],
): Contrast[] {
  const both = (["light", "dark"] as const).flatMap((scheme): Omit<Contrast, "ratio">[] => {
    const surfaces = { light: lightSurfaces, dark: darkSurfaces }[scheme];
    const of = (name: string): string => ({ ...light, ...(scheme === "dark" ? dark : {}) })[name] ?? "";
    const primary = (name: string) => of(`--mantine-primary-color-${name}`);
    const pair = (
      place: Contrast["place"],
      foreground: string,
      background: string,
      needed = text,
    ): Omit<Contrast, "ratio"> => ({ place, scheme, foreground, background, needed });
    return [
      pair("button", white, primary("filled")),
      pair("button-hover", white, primary("filled-hover")),
      pair("link", of("--mantine-color-anchor"), surfaces.page),
      pair("link-on-panel", of("--mantine-color-anchor"), surfaces.panel),
      pair("link-on-grey", of("--mantine-color-anchor"), surfaces.grey),
      pair("light-button", primary("light-color"), primary("light")),
      pair("light-button-hover", primary("light-color"), primary("light-hover")),
      pair("edge", primary("filled"), surfaces.panel, edge),
      pair("current-page", primary(scheme === "light" ? "8" : "2"), surfaces.panel),
      pair("way-in", white, panel),
      pair("way-in-small", shades[1] ?? white, panel),
    ];
  });
  return both.map((one) => ({ ...one, ratio: rounded(contrastOf(one.foreground, one.background)) }));
}

const declared = (variables: Variables): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}:${value};`)
    .join("");

/** Outweighs the client's own, wherever its style sheet stands; paper has the light ones. */
export const accentStyles = ({ light, dark }: Accent): string =>
  `:root:root:root{${declared(light)}}\n` +
  `@media screen{:root:root:root[data-mantine-color-scheme="dark"]{${declared(dark)}}}\n`;
