import { getDocumentProxy, getResolvedPDFJS } from "unpdf";

/**
 * A text as it stands on a sheet: its middle and its baseline, pt from the left
 * and from the foot, and its size, pt.
 */
export interface SheetText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePt: number;
}

type Point = readonly [x: number, y: number];

export interface PrintedSheet {
  readonly texts: readonly SheetText[];
  /** Every path that is painted, as its points in pt. */
  readonly paths: readonly (readonly Point[])[];
}

type Matrix = readonly [number, number, number, number, number, number];

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** How many numbers follow pdf.js' codes for move, line, cubic, quadratic and close. */
const operands = [2, 2, 6, 4, 0];

function pointsOf(path: ArrayLike<number>, matrix: Matrix): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < path.length; ) {
    const count = operands[path[i] as number] as number;
    if (count > 0) {
      const [x, y] = [path[i + count - 1] as number, path[i + count] as number];
      points.push([matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]]);
    }
    i += count + 1;
  }
  return points;
}

/** What a PDF really paints, sheet by sheet: texts and paths with their places. */
export async function sheetsOf(pdf: Buffer): Promise<PrintedSheet[]> {
  const { OPS } = await getResolvedPDFJS();
  const file = await getDocumentProxy(new Uint8Array(pdf));
  const sheets: PrintedSheet[] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => {
      if (!("str" in item) || item.str.trim() === "") return [];
      const [, , c, d, x, y] = item.transform as number[] as unknown as Matrix;
      return [{ text: item.str, x: x + item.width / 2, y, sizePt: Math.hypot(c, d) }];
    });
    const { fnArray, argsArray } = await page.getOperatorList();
    const paths: Point[][] = [];
    const saved: Matrix[] = [];
    let matrix: Matrix = [1, 0, 0, 1, 0, 0];
    for (const [i, operator] of fnArray.entries()) {
      const args = argsArray[i] as unknown[];
      if (operator === OPS.save) saved.push(matrix);
      else if (operator === OPS.restore) matrix = saved.pop() ?? matrix;
      else if (operator === OPS.transform) matrix = times(matrix, args as unknown as Matrix);
      else if (operator === OPS.paintFormXObjectBegin) {
        saved.push(matrix);
        if (args[0]) matrix = times(matrix, args[0] as Matrix);
      } else if (operator === OPS.paintFormXObjectEnd) matrix = saved.pop() ?? matrix;
      else if (operator === OPS.constructPath && args[0] !== OPS.endPath) {
        const [path] = args[1] as [ArrayLike<number> | null];
        if (path) paths.push(pointsOf(path, matrix));
      }
    }
    sheets.push({ texts, paths });
  }
  return sheets;
}

const squeezed = (text: string) =>
  text.normalize("NFC").replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, "");

/**
 * What a reader other than its writer finds in a tagged PDF: what it reads aloud, whatever lines and sheets it breaks
 * into (`read`, without spaces), and what stands on each sheet beside it.
 */
export async function readPdf(pdf: Uint8Array) {
  const file = await getDocumentProxy(new Uint8Array(pdf));
  let read = "";
  const beside: string[] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const tags: string[] = [];
    let artifacts = "";
    for (const item of items)
      if (!("type" in item)) {
        if (tags.includes("Artifact")) artifacts += item.str;
        else read += item.str;
      } else if (item.type === "endMarkedContent") tags.pop();
      else tags.push("tag" in item ? String(item.tag) : "");
    beside.push(squeezed(artifacts));
  }
  const whole = squeezed(read);
  return { beside, read: whole, says: (words: string) => whole.includes(squeezed(words)) };
}
