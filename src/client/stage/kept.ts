import { stepOf } from "./scenes.ts";

const sceneKey = "trendline-stage-scene";
const openKey = "trendline-stage-open";

/** The scene that was opened last in this browser; null where none was, or storage is blocked. */
export function keptScene() {
  try {
    return stepOf(localStorage.getItem(sceneKey));
  } catch {
    return null;
  }
}

/** The panel is there on the page that comes next. */
export function keepScene(name: string): void {
  try {
    localStorage.setItem(sceneKey, name);
  } catch {
    // As above.
  }
  keepOpen(true);
}

/** Of this tab alone: another one may be the audience's. */
export const keptOpen = (): boolean => {
  try {
    return sessionStorage.getItem(openKey) !== null;
  } catch {
    return false;
  }
};

export function keepOpen(isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(openKey, "1");
    else sessionStorage.removeItem(openKey);
  } catch {
    // As above.
  }
}
