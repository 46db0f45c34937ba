import { unitAfter } from "#report/patient/statistics-view.ts";
import type { Block, Cell, Fact, Row, Tile } from "#report/report.ts";
import { colorOf } from "./drawings.ts";
import type { Place, Sheets, Tagged } from "./sheets.ts";
import type { Styles } from "./styles.ts";

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;

const gapPt = 12;
/** As high as a fact with its chart. */
export const leastRowPt = 84;

/** Places of one width beside each other. */
function columnsIn({ x, widthPt }: Place, count: number, betweenPt: number): Place[] {
  const ownPt = (widthPt - (count - 1) * betweenPt) / count;
  return Array.from({ length: count }, (_, i) => ({ x: x + i * (ownPt + betweenPt), widthPt: ownPt }));
}

const inRows = <T>(all: readonly T[], count: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / count) }, (_, i) => all.slice(i * count, (i + 1) * count));

const factColumns = 4;
function drawFact(sheets: Sheets, item: Tagged, fact: Fact, at: Place, { number, quiet }: Styles): void {
  const amount = ({ value, unit }: Pick<Fact, "value" | "unit">) =>
    sheets.phrase(
      item,
      "P",
      [
        [value, number],
        [unit && unitAfter(unit, sheets.language), quiet],
      ],
      at,
    );
  sheets.text(item, "P", fact.name, quiet, at);
  amount(fact);
  if (fact.also) amount(fact.also);
  if (fact.note) sheets.text(item, "P", fact.note, quiet, at);
}

export function drawFacts(sheets: Sheets, facts: readonly Fact[], styles: Styles): void {
  const list = sheets.begin(sheets.whole, "L");
  const cells = facts.flatMap((fact) => {
    const item = sheets.begin(sheets.begin(list, "LI"), "LBody");
    const { drawing } = fact;
    const own = (at: Place) => drawFact(sheets, item, fact, at, styles);
    return drawing ? [own, (at: Place) => sheets.figure(item, drawing, at)] : [own];
  });
  const places = columnsIn(sheets.place, factColumns, gapPt);
  for (const row of inRows(cells, factColumns)) {
    sheets.keep(leastRowPt);
    sheets.beside(row.map((cell, i) => () => cell(places[i] as Place)));
    sheets.space(2 * styles.aroundRowPt);
  }
}

const swatchPt = 6;

function cellPlaces({ x, widthPt }: Place, columns: Of<"table">["columns"]): Place[] {
  const all = columns.reduce((sum, { weight }) => sum + weight, 0);
  let fromX = x;
  return columns.map(({ weight }) => {
    const ownPt = (weight / all) * widthPt;
    const place = { x: fromX, widthPt: ownPt - gapPt / 2 };
    fromX += ownPt;
    return place;
  });
}

export function drawTable(sheets: Sheets, { columns, rows }: Of<"table">, styles: Styles): void {
  const table = sheets.begin(sheets.whole, "Table");
  const places = cellPlaces(sheets.place, columns);
  const indentPt = rows.some(({ band }) => band) ? swatchPt + 5 : 0;
  const placeOf = (i: number): Place => {
    const place = places[i] as Place;
    return i === 0 ? { x: place.x + indentPt, widthPt: place.widthPt - indentPt } : place;
  };
  const heads = sheets.begin(table, "TR");
  sheets.beside(
    columns.map(
      ({ title }, i) =>
        () =>
          sheets.text(heads, "TH", title, styles.quiet, placeOf(i), { scope: "Column" }),
    ),
  );
  sheets.space(styles.aroundRowPt);
  sheets.rule();
  for (const row of rows) drawRow(sheets, table, row, placeOf, styles);
}

function drawRow(
  sheets: Sheets,
  table: Tagged,
  { band, isQuiet, cells }: Row,
  placeOf: (column: number) => Place,
  { body, strong, quiet, aroundRowPt }: Styles,
): void {
  const styleOf = ({ isStrong = false }: Cell) => {
    const style = isStrong ? strong : body;
    return isQuiet ? { ...style, color: quiet.color } : style;
  };
  sheets.space(aroundRowPt);
  const linesPt = cells.map((cell, i) => sheets.heightOf(cell.text, placeOf(i), styleOf(cell)));
  sheets.keep(Math.max(...linesPt));
  if (band) sheets.box(sheets.place.x, 1.5, swatchPt, swatchPt, colorOf[band]);
  const element = sheets.begin(table, "TR");
  sheets.beside(
    cells.map((cell, i) => () => {
      const tag = i === 0 ? "TH" : "TD";
      sheets.text(element, tag, cell.text, styleOf(cell), placeOf(i), i === 0 ? { scope: "Row" } : {});
    }),
  );
  sheets.space(aroundRowPt);
  sheets.rule();
}

const barPt = 15;
/** Two bands beside each other differ without their colours. */
const betweenPt = 1.5;

/** A bar with its parts as wide as they are, each named by its per cent where there is room. */
export function drawShares(sheets: Sheets, { alt, parts }: Of<"shares">, { smallStrong }: Styles): void {
  const { x, widthPt } = sheets.place;
  const shown = parts.filter(({ share }) => share > 0);
  const sum = shown.reduce((total, { share }) => total + share, 0);
  const roomPt = widthPt - (shown.length - 1) * betweenPt;
  let fromX = 0;
  const boxes = shown.map(({ band, share, text }) => {
    const ownPt = (share / sum) * roomPt;
    const box = { band, text, x: fromX, ownPt };
    fromX += ownPt + betweenPt;
    return box;
  });
  sheets.figure(
    sheets.whole,
    {
      width: widthPt,
      height: barPt,
      alt,
      shapes: boxes.map(({ band, x: left, ownPt }) => ({
        d: `M${left} 0h${ownPt}v${barPt}h${-ownPt}Z`,
        fill: band,
      })),
      texts: boxes
        .filter(({ ownPt }) => ownPt > 34)
        .map(({ band, text, x: left, ownPt }) => ({
          text,
          x: left + ownPt / 2,
          y: barPt / 2 + 0.35 * smallStrong.sizePt,
          size: smallStrong.sizePt,
          anchor: "middle",
          tone: band === "very-low" || band === "low" ? "paper" : "ink",
          isBold: true,
        })),
    },
    { x, widthPt },
  );
  sheets.space(6);
}

const legendSwatchPt = 16;

export function drawChart(sheets: Sheets, { drawing, legend }: Of<"chart">, { quiet }: Styles): void {
  const { place, whole } = sheets;
  sheets.keep((drawing.height * place.widthPt) / drawing.width);
  sheets.figure(whole, drawing, place);
  if (legend.length === 0) return;
  const places = columnsIn(place, 5, gapPt);
  sheets.space(2);
  sheets.beside(
    legend.map(({ tone, text }, i) => () => {
      const { x, widthPt } = places[i] as Place;
      const lineHeightPt = tone === "ink" ? 1.5 : 7;
      sheets.box(x, quiet.sizePt * 0.65 - lineHeightPt / 2, legendSwatchPt, lineHeightPt, colorOf[tone]);
      sheets.text(whole, "P", text, quiet, {
        x: x + legendSwatchPt + 5,
        widthPt: widthPt - legendSwatchPt - 5,
      });
    }),
  );
}

/** Two weeks in two rows, and a day more in two as well. */
const tileColumns = (count: number): number => (count === 15 ? 8 : 7);

/** Days beside each other, a week in a row. */
export function drawTiles(sheets: Sheets, tiles: readonly Tile[], { small, smallStrong }: Styles): void {
  const list = sheets.begin(sheets.whole, "L");
  const columns = tileColumns(tiles.length);
  const places = columnsIn(sheets.place, columns, 6);
  const [{ widthPt }] = places as [Place];
  for (const row of inRows(tiles, columns)) {
    const heights = row.map(
      ({ part, drawing, texts }) =>
        smallStrong.leadPt +
        (drawing.height * widthPt) / drawing.width +
        [...(part ? [part] : []), ...texts].reduce(
          (sum, text) => sum + sheets.heightOf(text, { widthPt }, small),
          0,
        ),
    );
    const hasPart = row.some(({ part }) => part !== null);
    sheets.keep(Math.max(...heights) + small.leadPt);
    sheets.beside(
      row.map(({ name, part, drawing, texts }, i) => () => {
        const place = places[i] as Place;
        const item = sheets.begin(sheets.begin(list, "LI"), "LBody");
        sheets.text(item, "P", name, smallStrong, place);
        if (part) sheets.text(item, "P", part, small, place);
        else if (hasPart) sheets.space(small.leadPt);
        sheets.figure(item, drawing, place);
        sheets.space(1);
        for (const text of texts) sheets.text(item, "P", text, small, place);
      }),
    );
    sheets.space(6);
  }
}
