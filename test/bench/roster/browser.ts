import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { migrateTables, openDatabase } from "#proxy/store/database.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { authSecret, signedInPage, startClinic } from "../clinic.ts";
import { introduce, type Person, seed } from "./people.ts";

export interface BrowserFigures {
  /** From a key to the frame that shows its rows, ms. */
  keys: number[];
  /** Main-thread tasks of over 50 ms while scrolling, and the longest time between two frames, ms. */
  longTasks: number[];
  longestFrame: number;
}

interface BenchWindow {
  /** Begins to watch for the next key. */
  watchKey(): void;
  /** Resolves with ms from that key to the frame that shows what it changed; null when it changed nothing. */
  painted: Promise<number | null>;
  watchScrolling(): void;
  scrolled(): { longTasks: number[]; longestFrame: number };
}

/** Runs in the page. */
function install(): void {
  const nothingAfterMs = 1000;
  const bench = window as unknown as BenchWindow;
  // How many match and who they are: what else changes, such as a row's value
  // that arrives, is not the key's doing.
  const shown = () =>
    [
      document.querySelector("main [role=status]")?.textContent,
      ...[...document.querySelectorAll("tbody a")].map((link) => link.getAttribute("href")),
    ].join(" ");
  bench.watchKey = () => {
    bench.painted = new Promise((done) => {
      const before = shown();
      let startMs = 0;
      const observer = new MutationObserver(() => {
        if (startMs === 0 || shown() === before) return;
        observer.disconnect();
        // The frame after the one that was being prepared has been painted with it.
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => done(performance.now() - startMs);
          channel.port2.postMessage(null);
        });
      });
      const onKey = (event: KeyboardEvent) => {
        startMs = event.timeStamp;
        setTimeout(() => {
          observer.disconnect();
          done(null);
        }, nothingAfterMs);
      };
      addEventListener("keydown", onKey, { capture: true, once: true });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  };
  let longTasks: number[] = [];
  let longestFrame = 0;
  let last = 0;
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask" });
  bench.watchScrolling = () => {
    longTasks = [];
    longestFrame = 0;
    last = performance.now();
    const frame = () => {
      const now = performance.now();
      longestFrame = Math.max(longestFrame, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  bench.scrolled = () => ({ longTasks, longestFrame });
}

const plain = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z ]/g, "")
    .toLowerCase();

async function type(page: Page, text: string): Promise<number[]> {
  const times: number[] = [];
  for (const letter of text) {
    await page.evaluate(() => (window as unknown as BenchWindow).watchKey());
    await page.keyboard.press(letter);
    const ms = await page.evaluate(() => (window as unknown as BenchWindow).painted);
    if (ms !== null) times.push(ms);
    await page.waitForTimeout(120);
  }
  return times;
}

/** The roster of these people in Chromium, against the real server and a sandbox in a process of its own. */
export async function measureBrowser(people: readonly Person[]): Promise<BrowserFigures> {
  const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
  const users = join(folder, "users.jsonl");
  const dataDir = join(folder, "data");
  const nowMs = Date.now();
  const database = await openDatabase({ databaseUrl: null, dataDir, sandbox: false });
  await migrateTables(database, { chain: createAuditChain([authSecret]), nowMs });
  await seed(database, people, nowMs, createSealer(authSecret, "glucose"));
  await database.db.destroy();
  introduce(users, people, nowMs);
  const clinic = await startClinic(dataDir, users, { ROUNDS_PER_SECOND: "0" });
  const browser = await launchChromium();
  const page = await signedInPage(browser, clinic);
  await page.addInitScript(install);
  await page.goto(`${clinic.server.url}/patients`);
  await page.getByText(`${people.length.toLocaleString("en")} patients`, { exact: true }).waitFor();

  const search = page.getByRole("searchbox");
  const keys: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const person = people[Math.floor(((2 * i + 1) * people.length) / 40) | 1];
    // The beginnings of both names: nearly every letter narrows the list.
    const words = plain(person?.name ?? "").split(" ");
    const typed = `${words[0]?.slice(0, 2)} ${words.at(-1)?.slice(0, 3)}`;
    await search.fill("");
    await search.focus();
    await page.waitForTimeout(600);
    keys.push(...(await type(page, typed)));
  }

  await search.fill("");
  await page.getByText(`${people.length.toLocaleString("en")} patients`, { exact: true }).waitFor();
  await page.waitForTimeout(2000);
  await page.mouse.move(700, 600);
  await page.evaluate(() => (window as unknown as BenchWindow).watchScrolling());
  for (let i = 0; i < 200; i += 1) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(40);
  }
  const scrolled = await page.evaluate(() => (window as unknown as BenchWindow).scrolled());
  await browser.close();
  await clinic.stop();
  rmSync(folder, { recursive: true });
  return { keys, ...scrolled };
}
