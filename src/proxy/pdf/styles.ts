import type { Style } from "./sheets.ts";

const ink = "#16181d";
const quietColor = "#55585e";
export const missingColor = "#9a3b00";

/** How a report's parts look. */
export interface Styles {
  readonly title: Style;
  readonly heading: Style;
  readonly body: Style;
  readonly strong: Style;
  readonly quiet: Style;
  /** Numbers that are read first. */
  readonly number: Style;
  /** Names of days and what stands below their curves. */
  readonly small: Style;
  readonly smallStrong: Style;
  /** Above a heading, a block and a row of a table. */
  readonly aboveHeadingPt: number;
  readonly aboveBlockPt: number;
  readonly aroundRowPt: number;
  readonly namePt: number;
  readonly sidePt: number;
}

type Setting = Partial<Pick<Style, "weight" | "color">>;
const style = (sizePt: number, leadPt: number, { weight = "regular", color = ink }: Setting = {}): Style => ({
  sizePt,
  leadPt,
  weight,
  color,
});
const bold = { weight: "bold" } as const;
const quiet = { color: quietColor };

export const usual: Styles = {
  title: style(18, 24, bold),
  heading: style(13, 18, bold),
  body: style(10, 14.5),
  strong: style(10, 14.5, bold),
  quiet: style(10, 14.5, quiet),
  number: style(14, 18, bold),
  small: style(8, 10.5),
  smallStrong: style(8, 10.5, bold),
  aboveHeadingPt: 16,
  aboveBlockPt: 4,
  aroundRowPt: 3,
  namePt: 150,
  sidePt: 54,
};

/** For eyes that see little, and for a table at home. */
export const large: Styles = {
  title: style(22, 28, bold),
  heading: style(16, 22, bold),
  body: style(13, 19),
  strong: style(13, 19, bold),
  quiet: style(11, 15.5, quiet),
  number: style(18, 23, bold),
  small: style(10, 13),
  smallStrong: style(10, 13, bold),
  aboveHeadingPt: 16,
  aboveBlockPt: 5,
  aroundRowPt: 4,
  namePt: 180,
  sidePt: 48,
};

export const dense: Styles = {
  title: style(15, 19, bold),
  heading: style(11, 14, bold),
  body: style(8.5, 11.5),
  strong: style(8.5, 11.5, bold),
  quiet: style(8, 10.8, quiet),
  number: style(13, 16, bold),
  small: style(7.2, 9, quiet),
  smallStrong: style(7.5, 9.5, bold),
  aboveHeadingPt: 11,
  aboveBlockPt: 2.5,
  aroundRowPt: 1.5,
  namePt: 165,
  sidePt: 42,
};
