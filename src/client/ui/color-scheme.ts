import { useSyncExternalStore } from "react";

export type ColorScheme = "light" | "dark" | "auto";

const storageKey = "mantine-color-scheme-value";

const read = (kept: string | null): ColorScheme => (kept === "light" || kept === "dark" ? kept : "auto");

function load(): ColorScheme {
  try {
    return read(localStorage.getItem(storageKey));
  } catch {
    // Storage blocked: the choice lasts as long as the page.
    return "auto";
  }
}

let scheme = load();

addEventListener("storage", ({ key, newValue }) => {
  if (key === storageKey) scheme = read(newValue);
});

function follow(listener: () => void): () => void {
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

/** Until the page is left. */
export function showColorScheme(newValue: ColorScheme): void {
  // As other tabs hear it.
  dispatchEvent(new StorageEvent("storage", { key: storageKey, newValue }));
}

/** Kept in local storage; public/color-scheme.js shows it, before the first paint and whenever it changes. */
export function setColorScheme(newValue: ColorScheme): void {
  try {
    localStorage.setItem(storageKey, newValue);
  } catch {
    // As above.
  }
  showColorScheme(newValue);
}

export const useColorScheme = (): ColorScheme => useSyncExternalStore(follow, () => scheme);
