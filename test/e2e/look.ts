import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { misfits } from "./misfits.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SCREENSHOTS;

/**
 * What still moves on the page, and its size: two answers that are the same
 * and name nothing are a page at rest.
 */
function motion(): { moving: string[]; size: string } {
  const { dataset, scrollWidth, scrollHeight } = document.documentElement;
  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const moving = [
    !document.querySelector("h1") && "no heading",
    document.querySelector('[aria-busy="true"]') && "busy",
    document.getAnimations().some(({ playState }) => playState === "running") && "animated",
    document.fonts.status !== "loaded" && "fonts",
    dataset.mantineColorScheme !== scheme && "colours",
  ].filter((one) => typeof one === "string");
  return { moving, size: `${scrollWidth} ${scrollHeight} ${document.querySelectorAll("*").length}` };
}

/**
 * Waits until a page has its heading and nothing on it is busy, animated, half
 * loaded or between two colour schemes.
 */
export async function atRest(page: Page): Promise<void> {
  let before = "";
  const state = async () => {
    const { moving, size } = await page.evaluate(motion);
    const isStill = size === before;
    before = size;
    return isStill ? moving : ["changing", ...moving];
  };
  await expect.poll(state).toEqual([]);
}

/** What axe finds on the page as it stands, a line for each rule. */
export async function axeFinds(page: Pick<Page, "evaluate">): Promise<string[]> {
  // The page's policy forbids added scripts, so axe comes in through the debugger.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  });
}

/**
 * Nothing of the page is cut, sideways or over other text, and axe finds nothing.
 * `where` names the page in a failure.
 */
async function expectWellMade(page: Page, where: string): Promise<void> {
  await atRest(page);
  const found = [...(await page.evaluate(misfits)), ...(await axeFinds(page))];
  expect([where, ...found]).toEqual([where]);
}

/** The same at both widths and in both colour schemes; SCREENSHOTS names a folder for pictures. */
export async function look(page: Page, name: string): Promise<void> {
  if (shots) mkdirSync(shots, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await expectWellMade(page, `${name}, ${colorScheme}, ${width} px`);
      if (shots)
        await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
}
