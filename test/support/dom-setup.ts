import { readdirSync } from "node:fs";
import "@testing-library/jest-dom/vitest";
import { onlineManager } from "@tanstack/react-query";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";
import { loadCatalogs, loadLanguage } from "#client/i18n.ts";
import type { Catalog } from "#words/messages.ts";

// However slow the machine: what never comes fails, what comes late does not.
configure({ asyncUtilTimeout: 120_000 });

/** jsdom lays nothing out; what asks for sizes gets those of a desktop. */
const size = { width: 1000, height: 400 };

class SizedObserver implements ResizeObserver {
  private readonly callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, contentRect: { ...size } } as unknown as ResizeObserverEntry;
    this.callback([entry], this);
  }
  unobserve(): void {}
  disconnect(): void {}
}

// p-queue gives Node's events its queue, which is an EventTarget of jsdom's here and not of Node's.
const builtin = process.getBuiltinModule;
process.getBuiltinModule = ((name: string) =>
  name === "node:events" ? undefined : builtin(name)) as typeof builtin;

vi.stubGlobal("ResizeObserver", SizedObserver);
vi.stubGlobal("scrollTo", () => {});
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
// jsdom has dialogs that open and close in name only.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
Element.prototype.scrollIntoView = () => {};
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, size.width, size.height);
Object.defineProperty(HTMLTableRowElement.prototype, "offsetHeight", { get: () => 36, configurable: true });
if (!("fonts" in document))
  Object.defineProperty(document, "fonts", {
    value: { addEventListener: () => {}, removeEventListener: () => {} },
  });

// The words of both languages, so that a page is drawn at once.
const catalogs = readdirSync("src/words/locales/en").map((file) => file.replace(".json", "") as Catalog);
const notTheApps: readonly Catalog[] = ["report", "demo", "embed"];
await loadCatalogs(catalogs.filter((catalog) => !notTheApps.includes(catalog)));
await loadLanguage("zh-CN");

let consoleError: MockInstance;
beforeEach(() => {
  consoleError = vi.spyOn(console, "error");
});

// An error in the console that no test expected is a failed test.
afterEach(() => {
  cleanup();
  // A test may have lost the network.
  onlineManager.setOnline(true);
  localStorage.clear();
  sessionStorage.clear();
  const unexpected = consoleError.mock.calls.map((call) => call.map(String).join(" "));
  consoleError.mockRestore();
  expect(unexpected).toEqual([]);
});
